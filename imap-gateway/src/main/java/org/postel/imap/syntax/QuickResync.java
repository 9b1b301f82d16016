package org.postel.imap.syntax;

import java.util.Optional;

/**
 * The QRESYNC parameter of SELECT and EXAMINE (RFC 7162 §3.2.5): what a client knows of the mailbox.
 *
 * @param knownUids absent: all that were ever given
 */
public record QuickResync(long uidValidity, long modseq, Optional<SequenceSet> knownUids, Optional<SequenceMatch> match) {
}
