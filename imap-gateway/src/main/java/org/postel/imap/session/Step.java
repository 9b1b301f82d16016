package org.postel.imap.session;

import org.postel.imap.syntax.Completion;

/** What a command led to: the next state, and its tagged reply. */
public record Step(SessionState next, Completion reply) {
}
