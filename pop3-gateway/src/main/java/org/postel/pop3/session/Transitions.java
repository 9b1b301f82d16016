package org.postel.pop3.session;

import static org.postel.pop3.syntax.Replies.BEGIN_TLS;
import static org.postel.pop3.syntax.Replies.BYE;
import static org.postel.pop3.syntax.Replies.CAPABILITIES;
import static org.postel.pop3.syntax.Replies.ENGLISH;
import static org.postel.pop3.syntax.Replies.LANGUAGES;
import static org.postel.pop3.syntax.Replies.MALFORMED;
import static org.postel.pop3.syntax.Replies.MECHANISMS;
import static org.postel.pop3.syntax.Replies.NOT_NOW;
import static org.postel.pop3.syntax.Replies.NO_APOP;
import static org.postel.pop3.syntax.Replies.NO_SUCH_LANGUAGE;
import static org.postel.pop3.syntax.Replies.NO_SUCH_MESSAGE;
import static org.postel.pop3.syntax.Replies.NO_TLS;
import static org.postel.pop3.syntax.Replies.OK;
import static org.postel.pop3.syntax.Replies.SEND_PASSWORD;
import static org.postel.pop3.syntax.Replies.TLS_FIRST;
import static org.postel.pop3.syntax.Replies.TLS_IS_ON;
import static org.postel.pop3.syntax.Replies.UNIQUE_IDS;
import static org.postel.pop3.syntax.Replies.UNKNOWN;
import static org.postel.pop3.syntax.Replies.USER_FIRST;
import static org.postel.pop3.syntax.Replies.UTF8_ON;

import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import org.postel.pop3.session.Pop3State.Authorization;
import org.postel.pop3.session.Pop3State.Transaction;
import org.postel.pop3.session.Pop3State.Update;
import org.postel.pop3.session.Step.Answer;
import org.postel.pop3.session.Step.Lines;
import org.postel.pop3.syntax.Pop3Command;
import org.postel.pop3.syntax.Replies;

/** What each command does in each state: RFC 1939 §4-6, RFC 2449 §5, RFC 2595 §4, RFC 5034 §4, RFC 6856 §2 and §3. */
public final class Transitions {

    private Transitions() {}

    /** The step for a command; UPDATE reads none. */
    public static Step step(Pop3State state, Pop3Command command, Surroundings around) {
        return switch (state) {
            case Authorization waiting -> authorization(waiting, command, around);
            case Transaction open -> transaction(open, command, around);
            case Update ending -> throw new IllegalStateException("no command is read in UPDATE");
        };
    }

    private static Step authorization(Authorization state, Pop3Command command, Surroundings around) {
        return switch (command) {
            case Pop3Command.User user -> around.plaintextAllowed()
                    ? new Answer(new Authorization(user.name()), SEND_PASSWORD) : new Answer(state, TLS_FIRST);
            case Pop3Command.Pass pass -> pass(state, pass, around);
            case Pop3Command.Auth auth -> around.plaintextAllowed()
                    ? new Step.Authenticate(auth.mechanism(), auth.hasInitialResponse(), auth.initialResponse())
                    : new Answer(state, TLS_FIRST);
            case Pop3Command.AuthMechanisms all ->
                    new Lines(state, MECHANISMS, around.mechanisms());
            case Pop3Command.Apop apop -> new Answer(state, NO_APOP);
            case Pop3Command.Stls stls -> stls(state, around);
            case Pop3Command.Capa capa -> new Lines(state, CAPABILITIES, Capabilities.of(state, around));
            case Pop3Command.Utf8 utf8 -> new Step.UseUtf8(UTF8_ON);
            case Pop3Command.Lang lang -> language(state, lang.range());
            case Pop3Command.LangAll all -> languages(state);
            case Pop3Command.Quit quit -> new Step.Hangup(BYE);
            case Pop3Command.Stat stat -> new Answer(state, NOT_NOW);
            case Pop3Command.List list -> new Answer(state, NOT_NOW);
            case Pop3Command.ListAll list -> new Answer(state, NOT_NOW);
            case Pop3Command.Uidl uidl -> new Answer(state, NOT_NOW);
            case Pop3Command.UidlAll uidl -> new Answer(state, NOT_NOW);
            case Pop3Command.Retr retr -> new Answer(state, NOT_NOW);
            case Pop3Command.Top top -> new Answer(state, NOT_NOW);
            case Pop3Command.Dele dele -> new Answer(state, NOT_NOW);
            case Pop3Command.Noop noop -> new Answer(state, NOT_NOW);
            case Pop3Command.Rset rset -> new Answer(state, NOT_NOW);
            case Pop3Command.Malformed malformed -> new Answer(state, MALFORMED);
            case Pop3Command.Unknown unknown -> new Answer(state, UNKNOWN);
            case Pop3Command.Http http -> new Step.Drop();
        };
    }

    // RFC 1939 §7: PASS follows a USER.
    private static Step pass(Authorization state, Pop3Command.Pass pass, Surroundings around) {
        if (!around.plaintextAllowed()) {
            return new Answer(state, TLS_FIRST);
        }
        return state.user().isEmpty() ? new Answer(state, USER_FIRST) : new Step.CheckPassword(state.user(), pass.password());
    }

    private static Step stls(Authorization state, Surroundings around) {
        if (around.tls()) {
            return new Answer(state, TLS_IS_ON);
        }
        return around.tlsAvailable() ? new Step.StartTls(BEGIN_TLS) : new Answer(state, NO_TLS);
    }

    private static Step transaction(Transaction state, Pop3Command command, Surroundings around) {
        return switch (command) {
            case Pop3Command.Stat stat -> new Answer(state, Replies.stat(state.count(), state.octets()));
            case Pop3Command.List list -> state.has(list.number())
                    ? new Answer(state, Replies.scanListing(list.number(), state.maildrop().size(list.number())))
                    : new Answer(state, NO_SUCH_MESSAGE);
            case Pop3Command.ListAll all -> new Lines(state, Replies.listing(state.count(), state.octets()),
                    each(state, number -> number + " " + state.maildrop().size(number)));
            case Pop3Command.Uidl uidl -> state.has(uidl.number())
                    ? new Answer(state, Replies.uniqueId(uidl.number(), state.maildrop().uniqueId(uidl.number())))
                    : new Answer(state, NO_SUCH_MESSAGE);
            case Pop3Command.UidlAll all -> new Lines(state, UNIQUE_IDS,
                    each(state, number -> number + " " + state.maildrop().uniqueId(number)));
            case Pop3Command.Retr retr -> state.has(retr.number())
                    ? new Step.SendMessage(state, retr.number()) : new Answer(state, NO_SUCH_MESSAGE);
            case Pop3Command.Top top -> state.has(top.number())
                    ? new Step.SendTop(state, top.number(), top.lines()) : new Answer(state, NO_SUCH_MESSAGE);
            case Pop3Command.Dele dele -> dele(state, dele.number());
            case Pop3Command.Noop noop -> new Answer(state, OK);
            case Pop3Command.Rset rset -> new Answer(Transaction.of(state.maildrop()), OK);
            case Pop3Command.Capa capa -> new Lines(state, CAPABILITIES, Capabilities.of(state, around));
            // RFC 6856 §2: only in AUTHORIZATION.
            case Pop3Command.Utf8 utf8 -> new Answer(state, NOT_NOW);
            case Pop3Command.Lang lang -> language(state, lang.range());
            case Pop3Command.LangAll all -> languages(state);
            case Pop3Command.Quit quit -> new Step.Commit(Update.of(state));
            case Pop3Command.User user -> new Answer(state, NOT_NOW);
            case Pop3Command.Pass pass -> new Answer(state, NOT_NOW);
            case Pop3Command.Auth auth -> new Answer(state, NOT_NOW);
            case Pop3Command.AuthMechanisms all -> new Answer(state, NOT_NOW);
            case Pop3Command.Apop apop -> new Answer(state, NOT_NOW);
            // RFC 2595 §4: only in AUTHORIZATION.
            case Pop3Command.Stls stls -> new Answer(state, NOT_NOW);
            case Pop3Command.Malformed malformed -> new Answer(state, MALFORMED);
            case Pop3Command.Unknown unknown -> new Answer(state, UNKNOWN);
            case Pop3Command.Http http -> new Step.Drop();
        };
    }

    /** RFC 6856 §3.2: all texts are in English. */
    private static Step language(Pop3State state, String range) {
        boolean english = range.equals("*") || range.equalsIgnoreCase("en");
        return new Answer(state, english ? ENGLISH : NO_SUCH_LANGUAGE);
    }

    private static Step languages(Pop3State state) {
        return new Lines(state, LANGUAGES, List.of("en English"));
    }

    private static Step dele(Transaction state, int number) {
        if (!state.has(number)) {
            return new Answer(state, NO_SUCH_MESSAGE);
        }
        Deletions more = state.deletions().with(number, state.maildrop().size(number));
        return new Answer(new Transaction(state.maildrop(), more), OK);
    }

    // One line at a time: a listing of 100,000 messages is never in memory.
    private static Iterable<String> each(Transaction state, IntFunction<String> line) {
        return () -> {
            Iterator<Integer> numbers = state.numbers();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return numbers.hasNext();
                }

                @Override
                public String next() {
                    return line.apply(numbers.next());
                }
            };
        };
    }
}
