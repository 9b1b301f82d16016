package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jboss.logging.Logger;

/** A session with a server, greeted and perhaps encrypted, ready for one message after the other; used by one thread at a time. */
public final class SmtpSession implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SmtpSession.class);
    // RFC 5321 §4.5.3.1.8: every server takes that many.
    private static final int RECIPIENTS = 100;
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final SmtpConnection connection;
    private final SmtpTimeouts timeouts;
    private final ClientIdentity us;
    private Extensions extensions = Extensions.none();
    private boolean inSync = true;
    private int messages;
    private boolean contentBegun;
    private boolean mailDeferred;
    private boolean lost;

    private SmtpSession(SmtpConnection connection, SmtpTimeouts timeouts, ClientIdentity us) {
        this.connection = connection;
        this.timeouts = timeouts;
        this.us = us;
    }

    /**
     * Connects, greets and starts TLS as the policy says.
     *
     * @param name of the server, for TLS
     * @param us as whom
     * @param opening of the message that it is opened for
     * @throws TlsException when TLS was tried or required and did not come about
     * @throws GreetingException when the server refuses to talk
     * @throws OurselvesException when it is us
     */
    public static SmtpSession open(InetSocketAddress server, String name, ClientIdentity us, TlsPolicy tls, SmtpTimeouts timeouts,
            Opening opening) throws IOException {
        SmtpConnection connection = SmtpConnection.open(server, us, timeouts, opening);
        try {
            SmtpSession session = new SmtpSession(connection, timeouts, us);
            session.greet(name, tls);
            connection.opened();
            return session;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void greet(String name, TlsPolicy tls) throws IOException {
        Reply greeting = connection.read(timeouts.greeting());
        if (greeting.code() != 220) {
            throw new GreetingException(greeting);
        }
        String server = greeting.lines().getFirst().split(" ", 2)[0];
        if (us.isUs(server)) {
            throw new OurselvesException(server);
        }
        hello();
        boolean offered = extensions.has("STARTTLS");
        if (!tls.equals(TlsPolicy.OFF) && offered) {
            Reply reply = connection.ask("STARTTLS", timeouts.command());
            if (reply.code() == 220) {
                connection.startTls(name, tls, timeouts.command());
                // RFC 3207 §4.2: all that was said before is forgotten.
                extensions = Extensions.none();
                hello();
            }
        }
        if (tls.mandatory() && !connection.encrypted()) {
            throw new TlsException("the server does not offer TLS, and nothing else will do", null);
        }
    }

    /** RFC 5321 §3.2: EHLO, and HELO for a server that does not know it. */
    private void hello() throws IOException {
        Reply reply = connection.ask("EHLO " + us.hostname(), timeouts.command());
        if (reply.positive()) {
            extensions = Extensions.of(reply);
            return;
        }
        if (!reply.permanentFailure()) {
            throw new GreetingException(reply);
        }
        reply = connection.ask("HELO " + us.hostname(), timeouts.command());
        if (!reply.positive()) {
            throw new GreetingException(reply);
        }
        extensions = Extensions.none();
    }

    /** Whether TLS is on. */
    public boolean encrypted() {
        return connection.encrypted();
    }

    /** The TLS version and cipher, such as {@code TLSv1.3, TLS_AES_256_GCM_SHA384}; empty in clear. */
    public String tlsSecurity() {
        return connection.tlsSecurity();
    }

    /** Whether the server promises to keep mail under TLS: RFC 8689 §2. */
    public boolean keepsTls() {
        return encrypted() && extensions.has("REQUIRETLS");
    }

    /** Messages sent or tried so far. */
    public int messages() {
        return messages;
    }

    /** Whether it can take another message, as far as one can see from here. */
    public boolean reusable() {
        return inSync && !connection.closing() && connection.quiet();
    }

    /**
     * Whether the last message found the server tired of the connection: it went away, or refused MAIL for now, before any
     * content was sent. Then nothing of the message arrived, and another connection may have more luck.
     */
    public boolean spent() {
        return !contentBegun && (!inSync || mailDeferred || connection.closing());
    }

    /**
     * Sends a message to recipients, in transactions of at most 100, or as many as the server takes (RFC 9422).
     *
     * @param opening of the first of them
     * @return an answer for each, in their order
     * @throws IOException when the connection broke: what was answered before is in {@code answered}
     */
    public List<Answer> send(OutgoingMail mail, List<To> recipients, List<Answer> answered, Opening opening) throws IOException {
        inSync = false;
        messages++;
        contentBegun = false;
        mailDeferred = false;
        connection.restart(opening);
        int most = Math.min(RECIPIENTS, extensions.recipients().orElse(RECIPIENTS));
        for (int from = 0; from < recipients.size(); from += most) {
            List<To> some = recipients.subList(from, Math.min(from + most, recipients.size()));
            answered.addAll(transaction(mail, some));
        }
        inSync = !lost;
        connection.restart(Opening.UNHURRIED);
        return answered;
    }

    private List<Answer> transaction(OutgoingMail mail, List<To> recipients) throws IOException {
        Offer offer = Offer.of(mail, recipients, extensions);
        Iterator<Answer> answers = offer.nothing() ? Collections.emptyIterator() : offered(mail, offer).iterator();
        return recipients.stream().map(to -> offer.offered().contains(to) ? answers.next() : offer.obstacle()).toList();
    }

    private List<Answer> offered(OutgoingMail mail, Offer offer) throws IOException {
        List<Reply> replies = envelope(offer);
        Reply mailReply = replies.getFirst();
        if (!mailReply.positive()) {
            connection.opened();
            mailDeferred = mailReply.transientFailure();
            reset();
            return Collections.nCopies(offer.offered().size(), new Answer.Refused(mailReply, false));
        }
        List<Reply> recipientReplies = replies.subList(1, replies.size());
        if (recipientReplies.stream().noneMatch(Reply::positive)) {
            connection.opened();
            reset();
            return recipientReplies.stream().map(reply -> (Answer) new Answer.Refused(reply, true)).toList();
        }
        boolean chunks = offer.binary() || mail.chunking() && extensions.has("CHUNKING");
        Reply data = chunks ? chunks(mail, offer.binary()) : data(mail);
        List<Answer> answers = new ArrayList<>();
        for (Reply reply : recipientReplies) {
            answers.add(!reply.positive() ? new Answer.Refused(reply, true)
                    : data.positive() ? new Answer.Taken(data, extensions.has("DSN")) : new Answer.Refused(data, false));
        }
        return answers;
    }

    /** MAIL and RCPT, in one go when the server allows it (RFC 2920 §3.1). */
    private List<Reply> envelope(Offer offer) throws IOException {
        List<Reply> replies = new ArrayList<>();
        if (!extensions.has("PIPELINING")) {
            for (String command : offer.commands()) {
                replies.add(connection.ask(command, timeouts.command()));
                if (!replies.getFirst().positive()) {
                    break;
                }
            }
            return replies;
        }
        for (String command : offer.commands()) {
            connection.send(command);
        }
        connection.flush(timeouts.command());
        for (int i = 0; i < offer.commands().size(); i++) {
            try {
                replies.add(connection.read(timeouts.command()));
            } catch (ConnectionLostException e) {
                if (replies.isEmpty() || replies.getFirst().positive()) {
                    throw e;
                }
                // It refused MAIL and hung up: nothing else was to be heard.
                return replies;
            }
        }
        return replies;
    }

    private Reply data(OutgoingMail mail) throws IOException {
        // Opened before DATA: content that cannot be read must not become an empty or half message.
        try (InputStream content = mail.content().open()) {
            Reply goAhead = connection.ask("DATA", timeouts.dataInitiation());
            connection.opened();
            if (goAhead.code() != 354) {
                if (goAhead.positive()) {
                    throw new ProtocolException("the server answered " + goAhead.code() + " to DATA");
                }
                reset();
                return goAhead;
            }
            contentBegun = true;
            connection.content(content, mail.size(), timeouts.dataBlock());
            return connection.read(timeouts.dataTermination());
        }
    }

    /** RFC 3030 §2. Not sent before a recipient is taken, though RFC 3030 §4.2 allows it: a server would have to read it for nobody. */
    private Reply chunks(OutgoingMail mail, boolean binary) throws IOException {
        try (InputStream content = mail.content().open()) {
            connection.opened();
            contentBegun = true;
            ChunkWriter chunks = new ChunkWriter(connection, timeouts, extensions.has("PIPELINING"), mail.size(), binary);
            Reply reply = chunks.write(content);
            if (!reply.positive()) {
                reset(chunks.unanswered());
            }
            return reply;
        }
    }

    private void reset() {
        reset(0);
    }

    /**
     * A server may hang up after a refusal, or say no more; the refusal counts all the same, and nobody waits for it.
     *
     * @param unanswered chunks that it has to answer before
     */
    private void reset(int unanswered) {
        Duration limit = GOODBYE.compareTo(timeouts.command()) < 0 ? GOODBYE : timeouts.command();
        try {
            connection.send("RSET");
            connection.flush(limit);
            for (int i = 0; i < unanswered; i++) {
                connection.read(limit);
            }
            lost |= !connection.read(limit).positive();
        } catch (IOException e) {
            lost = true;
            LOG.debugf("no answer to RSET: %s", e.getMessage());
        }
    }

    /** Says goodbye if the server still listens. */
    @Override
    public void close() {
        try (connection) {
            if (inSync) {
                connection.ask("QUIT", GOODBYE);
            }
        } catch (IOException e) {
            LOG.debugf("no goodbye: %s", e.getMessage());
        }
    }
}
