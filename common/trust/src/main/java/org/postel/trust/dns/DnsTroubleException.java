package org.postel.trust.dns;

/** There is no answer for now: a server failed, was silent, or the time or number of questions for this mail is used up. */
public final class DnsTroubleException extends Exception {

    private static final long serialVersionUID = 1;

    public DnsTroubleException(String message) {
        super(message);
    }
}
