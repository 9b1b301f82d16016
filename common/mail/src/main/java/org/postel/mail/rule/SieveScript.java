package org.postel.mail.rule;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postel.mail.rule.Actions.End;

/**
 * Writes rules as a script of RFC 5228 that does the same elsewhere. One difference: Postel compares without regard to case in all scripts
 * (i;unicode-casemap), a script without comparator does in ASCII only (RFC 5228 §2.7.3).
 */
public final class SieveScript {

    private final SortedSet<String> required = new TreeSet<>();
    private final StringBuilder body = new StringBuilder();

    private SieveScript() {}

    /** The script; lines end in CRLF: RFC 5228 §8.2.1. */
    public static String of(RuleSet rules) {
        SieveScript script = new SieveScript();
        rules.rules().forEach(script::rule);
        String require = script.required.isEmpty() ? ""
                : "require [" + script.required.stream().map(SieveScript::quoted).collect(Collectors.joining(", ")) + "];\n";
        return (require + script.body).replace("\n", "\r\n");
    }

    private void rule(Rule rule) {
        String tests = rule.conditions().stream().map(SieveScript::test).collect(Collectors.joining(",\n  "));
        String asked = rule.conditions().size() == 1 ? tests : (rule.all() ? "allof" : "anyof") + " (" + tests + ")";
        body.append("\n# ").append(rule.name()).append('\n');
        body.append("if ").append(rule.enabled() ? asked : "allof (false, " + asked + ")").append(" {\n");
        actions(rule.actions());
        body.append("}\n");
    }

    private static String test(Condition condition) {
        return switch (condition) {
            case Condition.Size(boolean over, long octets) -> "size " + (over ? ":over " : ":under ") + octets;
            case Condition.Field field -> {
                String compared = ":" + field.match().name().toLowerCase(Locale.ROOT);
                String with = " " + quoted(field.name()) + " " + quoted(field.value());
                String header = "header " + compared + with;
                yield (field.not() ? "not " : "")
                        + (field.hasAddresses() ? "anyof (" + header + ", address :all " + compared + with + ")" : header);
            }
        };
    }

    private void actions(Actions actions) {
        if (!actions.flags().isEmpty()) {
            line("imap4flags", "addflag " + list(actions.flags()));
        }
        boolean copies = !(actions.end() instanceof End.SentOn);
        for (String target : actions.forwards()) {
            if (copies) {
                line("copy", "redirect :copy " + quoted(target));
            } else {
                body.append("  redirect ").append(quoted(target)).append(";\n");
            }
        }
        switch (actions.end()) {
            case End.GoOn() -> {
                // The next rule follows.
            }
            case End.Stop(), End.SentOn() -> body.append("  stop;\n");
            case End.FileInto(Actions.Folder folder) -> {
                line("fileinto", "fileinto " + quoted(folder.name()));
                body.append("  stop;\n");
            }
            case End.Discard() -> body.append("  discard;\n  stop;\n");
        }
    }

    private void line(String extension, String command) {
        required.add(extension);
        body.append("  ").append(command).append(";\n");
    }

    private static String list(List<String> texts) {
        return texts.size() == 1 ? quoted(texts.getFirst()) : "[" + texts.stream().map(SieveScript::quoted).collect(Collectors.joining(", ")) + "]";
    }

    /** {@code quoted-string = DQUOTE quoted-text DQUOTE}: RFC 5228 §8.1. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
