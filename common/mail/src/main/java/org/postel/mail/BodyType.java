package org.postel.mail;

/** What octets the content may have: RFC 6152 §3, RFC 3030 §3. */
public enum BodyType {
    SEVEN_BIT("7BIT"),
    EIGHT_BIT_MIME("8BITMIME"),
    BINARY_MIME("BINARYMIME");

    private final String keyword;

    BodyType(String keyword) {
        this.keyword = keyword;
    }

    /** As in the BODY parameter of MAIL. */
    public String keyword() {
        return keyword;
    }
}
