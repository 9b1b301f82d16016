package org.postel.imap.session;

/**
 * What a FETCH response that nobody asked for names besides the flags.
 *
 * @param uid     in answers to UID commands (RFC 3501 §6.4.8), and where MODSEQ is named (RFC 7162 §3.2.4)
 * @param modseq  once the client is CONDSTORE-aware (RFC 7162 §3.1)
 * @param dialect how the response itself and those beside it are written
 */
public record FetchNames(boolean uid, boolean modseq, Dialect dialect) {

    /** To a client that turned on nothing else. */
    public FetchNames(boolean uid, boolean modseq) {
        this(uid, modseq, Dialect.PLAIN);
    }
}
