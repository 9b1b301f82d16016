package org.postel.trust.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with variables in it: RFC 7208 §7.1. */
record MacroString(List<Part> parts) {

    /** A piece of it. */
    sealed interface Part {
    }

    /** Stands for itself. */
    record Literal(String text) implements Part {
    }

    /**
     * Stands for something of the query.
     *
     * @param letter     which, in lower case
     * @param escape     whether it is escaped as in a URL: an upper-case letter
     * @param kept       how many parts from the right, 0 for all
     * @param reverse    whether the parts are turned round
     * @param delimiters what divides the parts; empty for none given
     */
    record Variable(char letter, boolean escape, int kept, boolean reverse, String delimiters) implements Part {
    }

    // macro-expand = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"; c, r and t are for exp= only
    private static final Pattern EXPAND = Pattern.compile("%(?:([%_-])|\\{([slodiphv])(\\d*)(r?)([.+,/_=-]*)})", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("[\\x21-\\x24\\x26-\\x7e]+");
    // toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
    private static final Pattern TOP_LABEL = Pattern.compile("[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9]+-[A-Za-z0-9-]*[A-Za-z0-9]");
    // RFC 1035 §2.3.4; and what is longer is not looked at: a stranger wrote it.
    private static final int LONGEST_LABEL = 63;
    private static final int MOST_PARTS = 128;

    /** macro-string = *( macro-expand / macro-literal ) */
    static MacroString parse(String text) throws SpfFaultException {
        List<Part> parts = new ArrayList<>();
        Matcher expand = EXPAND.matcher(text);
        Matcher literal = LITERAL.matcher(text);
        int position = 0;
        while (position < text.length()) {
            if (expand.region(position, text.length()).lookingAt()) {
                parts.add(part(expand));
                position = expand.end();
            } else if (literal.region(position, text.length()).lookingAt()) {
                parts.add(new Literal(literal.group()));
                position = literal.end();
            } else {
                throw new SpfFaultException("no macro: " + text);
            }
        }
        return new MacroString(List.copyOf(parts));
    }

    /** domain-spec = macro-string domain-end */
    static MacroString domain(String text) throws SpfFaultException {
        MacroString macro = parse(text);
        boolean ends = !macro.parts.isEmpty() && switch (macro.parts.getLast()) {
            case Literal(String last) -> last.matches("[%_-]") && endsInEscape(text) || endsInTopLabel(last);
            case Variable ignored -> true;
        };
        if (!ends) {
            throw new SpfFaultException("no domain: " + text);
        }
        return macro;
    }

    // domain-end = ( "." toplabel [ "." ] ) / macro-expand
    private static boolean endsInTopLabel(String literal) {
        String name = literal.endsWith(".") ? literal.substring(0, literal.length() - 1) : literal;
        int dot = name.lastIndexOf('.');
        return dot >= 0 && name.length() - dot - 1 <= LONGEST_LABEL && TOP_LABEL.matcher(name.substring(dot + 1)).matches();
    }

    private static boolean endsInEscape(String text) {
        return text.length() > 1 && text.charAt(text.length() - 2) == '%';
    }

    private static Part part(Matcher expand) throws SpfFaultException {
        if (expand.group(1) != null) {
            return new Literal(switch (expand.group(1)) {
                case "_" -> " ";
                case "-" -> "%20";
                default -> "%";
            });
        }
        char letter = expand.group(2).charAt(0);
        return new Variable(Character.toLowerCase(letter), Character.isUpperCase(letter), kept(expand.group(3)), !expand.group(4).isEmpty(),
            expand.group(5));
    }

    private static int kept(String digits) throws SpfFaultException {
        if (digits.isEmpty()) {
            return 0;
        }
        // RFC 7208 §7.1: at least 1; no name has more than 127 labels.
        int kept = digits.length() > 3 ? MOST_PARTS : Integer.parseInt(digits);
        if (kept == 0) {
            throw new SpfFaultException("a macro keeps at least one part");
        }
        return Math.min(kept, MOST_PARTS);
    }
}
