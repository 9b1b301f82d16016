package org.postel.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postel.imap.session.FetchNames;
import org.postel.imap.session.SessionState;
import org.postel.imap.syntax.Completion;
import org.postel.wire.Connection;

/** One client's session: its connection, its state, and what was opened for it. Used by the connection's thread. */
public final class Conversation implements AutoCloseable {

    private final Connection connection;
    private final ImapSettings settings;
    private final boolean tlsAvailable;
    private final long loginDeadline;
    private final AtomicBoolean news = new AtomicBoolean();
    private boolean owesOwnWrite;
    private boolean condstoreAware;
    private SessionState state = new SessionState.NotAuthenticated();
    private Optional<Mail> mail = Optional.empty();
    private Optional<News.Subscription> subscription = Optional.empty();
    private final LastAppend lastAppend = new LastAppend();
    private int loginFailures;

    public Conversation(Connection connection, ImapSettings settings, boolean tlsAvailable) {
        this.connection = connection;
        this.settings = settings;
        this.tlsAvailable = tlsAvailable;
        this.loginDeadline = System.nanoTime() + settings.loginTimeout().toNanos();
    }

    public Connection connection() {
        return connection;
    }

    public ImapSettings settings() {
        return settings;
    }

    public SessionState state() {
        return state;
    }

    /** Moves on. */
    public void enter(SessionState next) {
        state = next;
    }

    /** Whether TLS can still be turned on here. */
    public boolean startTlsOffered() {
        return tlsAvailable && !connection.tls() && !loggedIn();
    }

    /** Whether a password may cross this connection (RFC 3501 §11.1, RFC 8314 §4.1). */
    public boolean plaintextAllowed() {
        return connection.tls()
                || settings.plaintextOnLoopback() && connection.remote().getAddress().isLoopbackAddress();
    }

    public boolean loggedIn() {
        return mail.isPresent();
    }

    /**
     * How long to wait for octets of this client. Before login all waits together have an end, whatever is said meanwhile
     * (SAFETY row 18).
     */
    public Duration patience(Duration usual) {
        Duration left = Duration.ofNanos(loginDeadline - System.nanoTime());
        return loggedIn() || usual.compareTo(left) < 0 ? usual : left;
    }

    void logIn(Accounts.Entry entry, News source) {
        mail = Optional.of(entry.mail());
        subscription = Optional.of(source.subscribe(entry.account().id(), this::wake));
    }

    private void wake() {
        news.set(true);
        connection.wake();
    }

    /** Whether news came since this was last asked. */
    boolean takeNews() {
        return news.getAndSet(false);
    }

    /** What news told could not be read: it stays to be read. */
    void keepNews() {
        news.set(true);
    }

    /** A change that this client was told OK is not in its view yet. */
    void oweOwnWrite() {
        owesOwnWrite = true;
    }

    /** Whether the view must be read before anything is answered from it: a client sees what it wrote (SAFETY promise 5). */
    boolean owesOwnWrite() {
        return owesOwnWrite;
    }

    /** The view is up to date. */
    void settleOwnWrites() {
        owesOwnWrite = false;
    }

    /** Whether a CONDSTORE enabling command came; it holds until the connection is closed (RFC 7162 §3.1). */
    boolean condstoreAware() {
        return condstoreAware;
    }

    void becomeCondstoreAware() {
        condstoreAware = true;
    }

    /** What FETCH responses that nobody asked for name. */
    FetchNames fetchNames(boolean uidCommand) {
        return new FetchNames(uidCommand || condstoreAware, condstoreAware);
    }

    /** The mail of the account that logged in. */
    Mail mail() {
        return mail.orElseThrow(() -> new IllegalStateException("nobody logged in"));
    }

    /** The selected state, for verbs that {@link org.postel.imap.session.Legality} lets pass only there. */
    SessionState.Selected selected() {
        return (SessionState.Selected) state;
    }

    LastAppend lastAppend() {
        return lastAppend;
    }

    int countLoginFailure() {
        return ++loginFailures;
    }

    /** Whether this client has guessed often enough. */
    public boolean tooManyLoginFailures() {
        return loginFailures >= settings.loginFailures() && !(state instanceof SessionState.Logout);
    }

    void write(byte[] octets) throws IOException {
        connection.write(octets);
    }

    /** An untagged status response. */
    void untagged(Completion completion) throws IOException {
        connection.write(completion.line("*"));
    }

    /** Everything a client must have seen before it can answer. */
    void prompt(String line) throws IOException {
        connection.write(line.getBytes(StandardCharsets.US_ASCII));
        connection.flush();
    }

    @Override
    public void close() {
        subscription.ifPresent(News.Subscription::close);
    }
}
