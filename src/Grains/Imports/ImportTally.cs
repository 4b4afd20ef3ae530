namespace Hotline.Imports;

/// <summary>Counts an import while rows end in any order. Safe to use from many threads.</summary>
internal sealed class ImportTally
{
    public const int MostErrors = 1_000;
    private const int MostTickets = 100;

    private readonly Lock _gate = new();
    private readonly List<RowError> _errors = [];
    private readonly List<(int Row, string Ticket)> _closed = [];
    private IReadOnlyList<string> _warnings = [];
    private int _total, _accepted, _changed, _rejected, _closedCount;
    private bool _truncated;

    /// <summary>Rows that have ended, well or not.</summary>
    public int Ended => Volatile.Read(ref _accepted) + Volatile.Read(ref _rejected);

    public void Expect(int total, IReadOnlyList<string> warnings) => (_total, _warnings) = (total, warnings);

    public void Accept(int row, bool changed, string? closedAsItStands)
    {
        lock (_gate)
        {
            _accepted++;
            _changed += changed ? 1 : 0;
            if (closedAsItStands is not null)
            {
                _closedCount++;
                _closed.Add((row, closedAsItStands));
                Trim(_closed, MostTickets, c => c.Row);
            }
        }
    }

    public void Reject(IReadOnlyList<RowError> errors)
    {
        lock (_gate)
        {
            _rejected++;
            _errors.AddRange(errors);
            _truncated |= Trim(_errors, MostErrors, e => e.Row);
        }
    }

    /// <summary>Errors of the file as a whole: no row was tried.</summary>
    public void Note(IReadOnlyList<RowError> faults)
    {
        lock (_gate)
        {
            _errors.AddRange(faults);
        }
    }

    public ImportCounts Counts()
    {
        lock (_gate)
        {
            var errors = _errors.OrderBy(e => e.Row).Take(MostErrors).ToArray();
            var closed = _closed.OrderBy(c => c.Row).Take(MostTickets).Select(c => c.Ticket).ToArray();
            return new(_total, _accepted, _changed, _rejected, errors, _truncated || _errors.Count > MostErrors, _warnings, new(_closedCount, closed));
        }
    }

    /// <summary>Keeps the first rows' entries: rows do not end in order, and twice the number is kept so that sorting is rare.</summary>
    private static bool Trim<T>(List<T> list, int most, Func<T, int> row)
    {
        if (list.Count <= 2 * most)
        {
            return false;
        }

        var kept = list.OrderBy(row).Take(most).ToArray();
        list.Clear();
        list.AddRange(kept);
        return true;
    }
}
