package org.postel.imap.session;

/**
 * What a FETCH response that nobody asked for names besides the flags.
 *
 * @param uid    in answers to UID commands (RFC 3501 §6.4.8), and where MODSEQ is named (RFC 7162 §3.2.4)
 * @param modseq once the client is CONDSTORE-aware (RFC 7162 §3.1)
 */
public record FetchNames(boolean uid, boolean modseq) {
}
