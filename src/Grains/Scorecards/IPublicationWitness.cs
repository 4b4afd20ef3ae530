namespace Hotline.Scorecards;

/// <summary>Is told after a revision was inserted, as the first or as a correction; a lost telling must be made up for elsewhere, by reading the revisions.</summary>
internal interface IPublicationWitness
{
    Task Published();
}
