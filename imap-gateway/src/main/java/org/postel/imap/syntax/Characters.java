package org.postel.imap.syntax;

/** The character classes of RFC 3501 §9, over single octets. */
final class Characters {

    private Characters() {
    }

    /** {@code ATOM-CHAR = <any CHAR except atom-specials>}. */
    static boolean atom(int octet) {
        return octet > ' ' && octet < 127 && "(){%*\"\\]".indexOf(octet) < 0;
    }

    /** {@code ASTRING-CHAR = ATOM-CHAR / resp-specials}. */
    static boolean astring(int octet) {
        return atom(octet) || octet == ']';
    }

    /** {@code tag = 1*<any ASTRING-CHAR except "+">}. */
    static boolean tag(int octet) {
        return astring(octet) && octet != '+';
    }

    /** {@code list-char = ATOM-CHAR / list-wildcards / resp-specials}. */
    static boolean list(int octet) {
        return astring(octet) || octet == '%' || octet == '*';
    }

    /** {@code ALPHA}. */
    static boolean letter(int octet) {
        return (octet | 0x20) >= 'a' && (octet | 0x20) <= 'z';
    }

    /** {@code DIGIT}. */
    static boolean digit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    /** Whether these octets may stand between quotes as they are, but for {@code "} and {@code \}. */
    static boolean quotable(int octet) {
        return octet >= ' ' && octet < 127;
    }
}
