package org.postel.delivery.smtp;

/** What became of one recipient in a transaction. */
public sealed interface Answer {

    /**
     * The server has it.
     *
     * @param reply to the end of the content
     * @param statusPassedOn whether it was told what the sender wants to be told, and takes over to do so (RFC 3461 §5.2.1)
     */
    record Taken(Reply reply, boolean statusPassedOn) implements Answer {}

    /**
     * The server refused it for now or for good.
     *
     * @param alone whether the reply is to its own RCPT, so to none of the others
     */
    record Refused(Reply reply, boolean alone) implements Answer {}

    /**
     * We did not offer it, because the server lacks what it needs.
     *
     * @param status RFC 3463
     * @param explanation for the sender
     */
    record NotOffered(String status, String explanation) implements Answer {}
}
