package org.postel.mail.dsn;

/**
 * What a status code means for the person who sent the mail: RFC 3463 §3.
 *
 * @param whatHappened one sentence
 * @param whatToDo     one or two sentences
 */
record Explanation(String whatHappened, String whatToDo) {

    private static final Explanation NO_SUCH_ADDRESS = new Explanation("This address does not exist.",
            "look for a typing mistake in the address, and send the mail again to the right one.");
    private static final Explanation BAD_SENDER = new Explanation("Your own address was not accepted.",
            "check the address your mail program sends from.");
    private static final Explanation MAILBOX_FULL = new Explanation("The mailbox is full.",
            "tell the recipient in another way, and send the mail again later.");
    private static final Explanation MAILBOX_CLOSED = new Explanation("The mailbox does not take mail.",
            "reach the recipient in another way.");
    private static final Explanation TOO_BIG = new Explanation("The mail is too big.",
            "send it again without its attachments, or with smaller ones.");
    private static final Explanation SERVER_TROUBLE = new Explanation("The recipient's mail server is in trouble.",
            "send the mail again later. If that fails too, tell the recipient in another way.");
    private static final Explanation UNREACHABLE = new Explanation("The recipient's mail server could not be reached.",
            "check what stands behind the @ in the address. If it is right, send the mail again later.");
    private static final Explanation LOOP = new Explanation("The mail was going in a circle between mail servers.",
            "tell the recipient in another way: only the people who run the mail servers can mend this.");
    private static final Explanation REFUSED = new Explanation("The recipient's mail server does not accept this mail.",
            "read what it said, above or below. If you cannot make sense of it, show this mail to the people who run your mail server.");
    private static final Explanation FORM = new Explanation("The recipient's mail server cannot handle the form of this mail.",
            "send it again as plain text or with other attachments.");
    private static final Explanation UNKNOWN = new Explanation("The mail could not be delivered.",
            "send it again later. If that fails too, show this mail to the people who run your mail server.");

    /** What {@code status} means, such as 5.1.1. */
    static Explanation of(String status) {
        return switch (status.substring(2)) {
            case "1.7", "1.8" -> BAD_SENDER;
            case "2.2" -> MAILBOX_FULL;
            case "2.3", "3.4" -> TOO_BIG;
            case "4.6" -> LOOP;
            case String detail -> ofSubject(detail.substring(0, detail.indexOf('.')));
        };
    }

    private static Explanation ofSubject(String subject) {
        return switch (subject) {
            case "1" -> NO_SUCH_ADDRESS;
            case "2" -> MAILBOX_CLOSED;
            case "3" -> SERVER_TROUBLE;
            case "4" -> UNREACHABLE;
            case "6" -> FORM;
            case "7" -> REFUSED;
            default -> UNKNOWN;
        };
    }
}
