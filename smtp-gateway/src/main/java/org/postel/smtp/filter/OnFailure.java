package org.postel.smtp.filter;

/** What becomes of mail that a scanner could not look at. */
public enum OnFailure {
    /** It comes in. */
    PASS,
    /** It is answered 451, and comes again. */
    TEMPFAIL
}
