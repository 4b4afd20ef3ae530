namespace Hotline;
public class PlaceholderTests { [Fact] public void Ok() { } }
