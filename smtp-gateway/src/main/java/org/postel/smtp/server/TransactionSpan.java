package org.postel.smtp.server;

import org.postel.smtp.session.SmtpState;
import org.postel.smtp.syntax.Reply;
import org.postel.smtp.syntax.SmtpCommand;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.tracing.Tracing;

/** The span of one session's transaction, from MAIL to the reply that ends it: RFC 5321 §3.3. Used by the session's thread. */
final class TransactionSpan implements AutoCloseable {

    private final Tracing tracing;
    private Span span = Span.NONE;

    TransactionSpan(Tracing tracing) {
        this.tracing = tracing;
    }

    /** The command is carried out within it, if there is a transaction. */
    Span.Scope enter(SmtpCommand command) {
        if (command instanceof SmtpCommand.Mail && !span.recording()) {
            span = tracing.begin(Kind.SERVER, "SMTP", "transaction");
        }
        return span.enter();
    }

    /** A command was answered, and this is where the session stands now. */
    void answered(SmtpState now, Reply reply) {
        if (!span.recording() || now instanceof SmtpState.Addressing || now instanceof SmtpState.Chunking) {
            return;
        }
        span.put("smtp.reply.code", reply.code());
        if (!reply.positive()) {
            span.failed(reply.status());
        }
        close();
    }

    /** The transaction is over, also without a reply. */
    @Override
    public void close() {
        span.close();
        span = Span.NONE;
    }
}
