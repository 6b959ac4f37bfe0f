using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;

namespace PhotoStyle.Cli.Commands;

/// <summary>Says what is wrong with the arguments in one sentence.</summary>
internal static class ParseErrors
{
    // More letters apart than this, two words are not a slip of the fingers.
    private const int MostLettersApart = 2;

    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>.</exception>
    public static void ThrowIfAny(ParseResult parsed)
    {
        if (parsed.Action is HelpAction or HelpWithExamples)
            return;
        // A mistyped option that a file name could be is taken for one, and the error that follows would mislead.
        string? problem = StrayToken(parsed) ?? Missing(parsed) ?? (parsed.Errors.Count > 0 ? Text(parsed.Errors[0]) : null);
        if (problem is not null)
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"{problem}; see '{Names(parsed.CommandResult.Command)} --help'.");
    }

    private static string? StrayToken(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.FirstOrDefault(word => !word.StartsWith('-')) is string unknown)
            return $"There is no command '{unknown}'{Suggestion(unknown, [.. command.Subcommands.Select(sub => sub.Name)])}";
        foreach (Token token in parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash))
        {
            if (token.Type != TokenType.Argument)
                continue;
            if (token.Value.Length == 0)
                return "An argument is empty";
            if (token.Value[0] != '-' || double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                continue;
            string[] known = [.. command.Options.SelectMany(option => option.Aliases.Append(option.Name))];
            if (known.Contains(token.Value))
                return $"The option before {token.Value} lacks its value";
            return $"There is no option '{token.Value}'{Suggestion(token.Value, known)}";
        }
        return parsed.UnmatchedTokens.Count > 0 ? $"'{parsed.UnmatchedTokens[0]}' is one argument too many" : null;
    }

    private static string? Missing(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] missing =
        [
            .. command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 }).Select(argument => argument.Name),
            .. command.Options.Where(option => option.Required && parsed.GetResult(option) is null or { Implicit: true }).Select(option => option.Name),
        ];
        return missing.Length switch
        {
            0 => null,
            1 => $"{missing[0]} is missing",
            _ => $"{string.Join(", ", missing[..^1])} and {missing[^1]} are missing",
        };
    }

    private static string Text(ParseError error) => error.SymbolResult is OptionResult { Tokens.Count: 0 } option
        ? $"{option.IdentifierToken?.Value ?? option.Option.Name} lacks its value"
        : error.Message.TrimEnd('.');

    private static string Suggestion(string word, string[] known) =>
        known.Select(name => (Name: name, Apart: LettersApart(word, name))).MinBy(pair => pair.Apart) is { Apart: <= MostLettersApart } nearest
            ? $" (did you mean '{nearest.Name}'?)"
            : "";

    /// <summary>The Levenshtein distance.</summary>
    private static int LettersApart(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(diagonal, row[j - 1]));
            }
        }
        return row[^1];
    }

    private static string Names(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Names(parent)} {command.Name}" : "photostyle";
}
