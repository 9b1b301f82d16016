package org.postel.mail.dsn;

/** What became of the mail for one recipient: RFC 3464 §2.3.3. In the order in which a reader wants to know. */
public enum Action {

    /** It was given up. */
    FAILED("failed"),

    /** It is still being tried. */
    DELAYED("delayed"),

    /** It went to several addresses, from which no notification of success will come. */
    EXPANDED("expanded"),

    /** It went to a server that does not send notifications. */
    RELAYED("relayed"),

    /** It is in the recipient's mailbox. */
    DELIVERED("delivered");

    private final String word;

    Action(String word) {
        this.word = word;
    }

    /** As it is written in the report. */
    public String word() {
        return word;
    }
}
