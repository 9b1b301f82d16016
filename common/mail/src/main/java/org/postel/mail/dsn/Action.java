package org.postel.mail.dsn;

/** What became of the mail for one recipient: RFC 3464 §2.3.3. */
public enum Action {

    /** It was given up. */
    FAILED("failed"),

    /** It is still being tried. */
    DELAYED("delayed");

    private final String word;

    Action(String word) {
        this.word = word;
    }

    /** As it is written in the report. */
    public String word() {
        return word;
    }
}
