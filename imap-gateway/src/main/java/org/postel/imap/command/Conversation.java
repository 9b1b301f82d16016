package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.postel.imap.session.Dialect;
import org.postel.imap.session.Extension;
import org.postel.imap.session.FetchNames;
import org.postel.imap.session.SessionState;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.imap.syntax.Completion;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.wire.Connection;
import org.postel.wire.LoginDelay;

/** One client's session: its connection, its state, and what was opened for it. Used by the connection's thread. */
public final class Conversation implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Conversation.class);
    // No pod answers with a state older than its moment, which is a second at most: what was done before that is in every answer.
    private static final Duration NEWEST = Duration.ofSeconds(1);

    private final Connection connection;
    private final ImapSettings settings;
    private final boolean tlsAvailable;
    private final long loginDeadline;
    private final LeftMailboxes left;
    private final ReadAhead.Run fetchedInARow;
    private final KnownSummaries known;
    private final Heard heard = new Heard();
    private volatile boolean doubted;
    private boolean unproved;
    private boolean owesOwnWrite;
    private long newestUntil = System.nanoTime();
    private final Set<Extension> enabled = EnumSet.noneOf(Extension.class);
    private Dialect dialect = Dialect.PLAIN;
    private SessionState state = new SessionState.NotAuthenticated();
    private Optional<Mail> mail = Optional.empty();
    private Optional<News> news = Optional.empty();
    private Optional<News.Subscription> subscription = Optional.empty();
    private final Notifications notifications = new Notifications(this);
    private final News.Listener listener = new News.Listener() {
        @Override
        public void committed(ByteString mailboxId, long modseq) {
            if (heard.committed(mailboxId, modseq) || notifications.heard().committed(mailboxId, modseq)) {
                connection.wake();
            }
        }

        @Override
        public void annotated(ByteString mailboxId, List<String> entries) {
            if (notifications.heard().annotated(mailboxId, entries)) {
                connection.wake();
            }
        }

        @Override
        public void accessChanged() {
            doubted = true;
            connection.wake();
        }

        @Override
        public void anything() {
            heard.anything();
            notifications.heard().anything();
            connection.wake();
        }
    };
    private final OthersNews others = new OthersNews(new News.Listener() {
        @Override
        public void committed(ByteString mailboxId, long modseq) {
            if (heard.committed(mailboxId, modseq) || notifications.heard().committedByOther(mailboxId, modseq)) {
                connection.wake();
            }
        }

        @Override
        public void annotated(ByteString mailboxId, List<String> entries) {
            if (notifications.heard().annotatedByOther(mailboxId, entries)) {
                connection.wake();
            }
        }

        @Override
        public void accessChanged() {
            // What this session may see of theirs is asked for at each call.
        }

        @Override
        public void anything() {
            listener.anything();
        }
    });
    private final SearchContexts contexts = new SearchContexts(this);
    private final LastAppend lastAppend = new LastAppend();
    private final LoginDelay loginDelay;
    private int loginFailures;
    /** Of the command that is being run; empty for none. */
    private String tag = "";

    public Conversation(Connection connection, ImapSettings settings, boolean tlsAvailable, SharedMemory memory) {
        this.connection = connection;
        this.left = memory.left();
        this.known = memory.known();
        this.fetchedInARow = memory.ahead().run();
        this.settings = settings;
        this.tlsAvailable = tlsAvailable;
        this.loginDelay = new LoginDelay(settings.loginDelay());
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

    /** From here on this command is being run. */
    public void begin(String tag) {
        this.tag = tag;
    }

    /** The command was answered. */
    public void end() {
        tag = "";
    }

    String tag() {
        return tag;
    }

    /** Moves on. */
    public void enter(SessionState next) {
        if (!(next instanceof SessionState.Selected)) {
            leave();
        }
        if (next != state) {
            notifications.entered(next);
        }
        state = next;
    }

    private void leave() {
        if (state instanceof SessionState.Selected selected) {
            if (!selected.name().ofOtherUsers()) {
                left.add(selected.account().id(), selected.name().text(), selected.view());
            }
            notifications.left(selected.view());
            contexts.clear();
        }
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
        news = Optional.of(source);
        subscription = Optional.of(source.subscribe(entry.account().id(), listener));
    }

    /**
     * From here on news of this mailbox counts.
     *
     * @param owner of another's mailbox; empty for one's own
     */
    void follow(ByteString mailboxId, ByteString owner) {
        others.select(news.orElseThrow(), owner);
        heard.follow(mailboxId);
    }

    /** From here on news of these accounts' mailboxes counts, too. */
    void watchOwners(Set<ByteString> owners) {
        others.watch(news.orElseThrow(), owners);
    }

    /** The view has reached this MODSEQ: what leads there is no news. */
    void viewReached(long modseq) {
        heard.known(modseq);
    }

    /** Something was committed, as an answer said. */
    void heard(ByteString mailboxId, long modseq) {
        heard.committed(mailboxId, modseq);
    }

    /**
     * After word that the account's access changed: asks whether this session still stands. While nobody can say, it goes on.
     *
     * @throws SessionEndedException when it does not
     */
    public void prove() throws SessionEndedException {
        if (!doubted) {
            return;
        }
        doubted = false;
        try {
            mail().prove();
            unproved = false;
        } catch (MailboxServiceException e) {
            if (e.reason() == MailboxServiceException.Reason.UNAUTHENTICATED) {
                throw new SessionEndedException();
            }
            unproved = true;
            LOG.debugf("a session goes on unproved: %s", e.getMessage());
        }
    }

    /** Whether nobody could say that this session still stands: then each call is to ask. */
    boolean unproved() {
        return unproved;
    }

    /** Whether there is something to read. */
    boolean hasNews() {
        return heardNews() && notifications.wantsSelected();
    }

    /** Whether something happened in the selected mailbox that was not read yet, wanted or not. */
    boolean heardNews() {
        return heard.isNews();
    }

    /** The span of telling the client what is new, as a part of what it is told of. */
    Span notification() {
        return heard.told().child(Kind.SERVER, "IMAP", "notification");
    }

    /** How new what is read now must be; what was heard counts as read. */
    Heard.Wanted wanted() {
        Heard.Wanted wanted = heard.take();
        return new Heard.Wanted(wanted.newest() || newestUntil - System.nanoTime() > 0, wanted.modseq());
    }

    /** What news told could not be read: it stays to be read. */
    void keepNews() {
        heard.anything();
    }

    /** This client did or was told something that the next answer about a mailbox must not be older than, whoever gives it. */
    void wantNewest() {
        newestUntil = System.nanoTime() + NEWEST.toNanos();
    }

    /** A change that this client was told OK is not in its view yet. */
    void oweOwnWrite() {
        owesOwnWrite = true;
        wantNewest();
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
        return enabled.contains(Extension.CONDSTORE);
    }

    /** What the client turned on; not to be changed. */
    Set<Extension> enabled() {
        return enabled;
    }

    /** On until the connection is closed (RFC 5161 §3.1). */
    void enable(Extension extension) {
        enabled.add(extension);
        dialect = Dialect.of(enabled);
        if (state instanceof SessionState.Selected selected && dialect.rev2()) {
            selected.view().forgetRecent();
        }
    }

    /** To write names in, as the client wants them. */
    ResponseBuffer response() {
        return new ResponseBuffer().utf8Names(dialect.utf8());
    }

    /** How the client is told of things. */
    public Dialect dialect() {
        return dialect;
    }

    /** What FETCH responses that nobody asked for name. */
    FetchNames fetchNames(boolean uidCommand) {
        return new FetchNames(uidCommand || condstoreAware() || notifications.namesUids(), condstoreAware(), dialect);
    }

    /** The mail of the account that logged in. */
    Mail mail() {
        return mail.orElseThrow(() -> new IllegalStateException("nobody logged in"));
    }

    /** The selected state, for verbs that {@link org.postel.imap.session.Legality} lets pass only there. */
    SessionState.Selected selected() {
        return (SessionState.Selected) state;
    }

    Notifications notifications() {
        return notifications;
    }

    SearchContexts contexts() {
        return contexts;
    }

    /** The messages that this client fetches one after the other. */
    ReadAhead.Run fetchedInARow() {
        return fetchedInARow;
    }

    /** What was told of messages, to any session. */
    KnownSummaries knownSummaries() {
        return known;
    }

    LastAppend lastAppend() {
        return lastAppend;
    }

    /** Counts a failed login, and waits. */
    void loginFailed() throws IOException {
        loginFailures++;
        loginDelay.await(connection);
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
        leave();
        subscription.ifPresent(News.Subscription::close);
        others.close();
        fetchedInARow.close();
    }
}
