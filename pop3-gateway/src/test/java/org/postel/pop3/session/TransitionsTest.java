package org.postel.pop3.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.pop3.session.Pop3State.Authorization;
import org.postel.pop3.session.Pop3State.Transaction;
import org.postel.pop3.syntax.Pop3Command;
import org.postel.pop3.syntax.Replies;

class TransitionsTest {

    private static final Surroundings SECURE = new Surroundings(true, true, List.of("PLAIN"), true, 0);
    private static final Surroundings CLEAR = new Surroundings(false, true, List.of(), false, 0);

    private static final Transaction OPEN = Transaction.of(
            new Maildrop(0xffff_ffffL, new int[] {1, 5, -1}, new long[] {100, 200, 300}));

    private static Step.Answer answer(Pop3State state, Pop3Command command) {
        return assertInstanceOf(Step.Answer.class, Transitions.step(state, command, SECURE));
    }

    private static List<String> lines(Pop3State state, Pop3Command command, Surroundings around) {
        List<String> lines = new ArrayList<>();
        assertInstanceOf(Step.Lines.class, Transitions.step(state, command, around)).lines().forEach(lines::add);
        return lines;
    }

    /** RFC 1939 §5: a marked message is neither counted nor listed, and keeps its number. */
    @Test
    void aMarkedMessageIsGoneFromEveryAnswer() {
        Pop3State marked = answer(OPEN, new Pop3Command.Dele(2)).next();
        assertEquals(Replies.stat(2, 400), answer(marked, new Pop3Command.Stat()).reply());
        assertEquals(List.of("1 100", "3 300"), lines(marked, new Pop3Command.ListAll(), SECURE));
        assertEquals(List.of("1 4294967295.1", "3 4294967295.4294967295"), lines(marked, new Pop3Command.UidlAll(), SECURE));
        for (Pop3Command command : List.of(new Pop3Command.Dele(2), new Pop3Command.List(2), new Pop3Command.Uidl(2),
                new Pop3Command.Retr(2), new Pop3Command.Top(2, 1), new Pop3Command.Retr(0), new Pop3Command.Retr(4))) {
            assertEquals(Replies.NO_SUCH_MESSAGE, answer(marked, command).reply());
        }
        assertEquals(OPEN.maildrop().count(), 3);
        Pop3State reset = answer(marked, new Pop3Command.Rset()).next();
        assertEquals(Replies.stat(3, 600), answer(reset, new Pop3Command.Stat()).reply());
    }

    /** RFC 1939 §6. */
    @Test
    void onlyQuitAfterLoginLeadsToUpdate() {
        Pop3State marked = answer(answer(OPEN, new Pop3Command.Dele(3)).next(), new Pop3Command.Dele(1)).next();
        Step quit = Transitions.step(marked, new Pop3Command.Quit(), SECURE);
        assertEquals(new Step.Commit(new Pop3State.Update(List.of(1, -1))), quit);
        assertInstanceOf(Step.Hangup.class, Transitions.step(Authorization.START, new Pop3Command.Quit(), SECURE));
    }

    /** SAFETY row 6: offered neither in words nor in deed. */
    @Test
    void passwordsInClearAreNeitherOfferedNorTaken() {
        for (Pop3Command command : List.of(new Pop3Command.User("a"), new Pop3Command.Pass("b"), new Pop3Command.Auth("PLAIN", true, "AA=="))) {
            assertEquals(new Step.Answer(Authorization.START, Replies.TLS_FIRST), Transitions.step(Authorization.START, command, CLEAR));
        }
        List<String> offered = lines(Authorization.START, new Pop3Command.Capa(), CLEAR);
        assertTrue(offered.contains("STLS"));
        assertTrue(offered.stream().noneMatch(line -> line.startsWith("SASL") || line.equals("USER")));
        List<String> secure = lines(Authorization.START, new Pop3Command.Capa(), SECURE);
        assertTrue(secure.containsAll(List.of("USER", "SASL PLAIN")) && !secure.contains("STLS"));
    }

    /** RFC 6856 §3.2; ranges of RFC 4647 §2.1. */
    @Test
    void textsAreInEnglishInBothStates() {
        for (Pop3State state : List.of(Authorization.START, OPEN)) {
            assertEquals(List.of("en English"), lines(state, new Pop3Command.LangAll(), SECURE));
            assertEquals(Replies.ENGLISH, answer(state, new Pop3Command.Lang("EN")).reply());
            assertEquals(Replies.ENGLISH, answer(state, new Pop3Command.Lang("*")).reply());
            assertEquals(Replies.NO_SUCH_LANGUAGE, answer(state, new Pop3Command.Lang("de")).reply());
            assertTrue(lines(state, new Pop3Command.Capa(), SECURE).containsAll(List.of("LANG", "UTF8 USER", "EXPIRE NEVER", "AUTH-RESP-CODE")));
        }
    }

    /** RFC 6856 §2: before the log-in. */
    @Test
    void utf8IsTurnedOnBeforeLogin() {
        assertInstanceOf(Step.UseUtf8.class, Transitions.step(Authorization.START, new Pop3Command.Utf8(), SECURE));
        assertEquals(Replies.NOT_NOW, answer(OPEN, new Pop3Command.Utf8()).reply());
    }

    /** RFC 2449 §6.5. */
    @Test
    void aDelayBetweenLoginsIsTold() {
        Surroundings delaying = new Surroundings(true, true, List.of("PLAIN"), true, 900);
        assertTrue(lines(Authorization.START, new Pop3Command.Capa(), delaying).contains("LOGIN-DELAY 900"));
        assertTrue(lines(OPEN, new Pop3Command.Capa(), delaying).contains("LOGIN-DELAY 900"));
        assertTrue(lines(OPEN, new Pop3Command.Capa(), SECURE).stream().noneMatch(line -> line.startsWith("LOGIN-DELAY")));
    }

    /** RFC 1939 §7: PASS only after USER. */
    @Test
    void aPasswordNeedsAName() {
        assertEquals(Replies.USER_FIRST, answer(Authorization.START, new Pop3Command.Pass("b")).reply());
        Pop3State named = answer(Authorization.START, new Pop3Command.User("a")).next();
        assertEquals(new Step.CheckPassword("a", "b"), Transitions.step(named, new Pop3Command.Pass("b"), SECURE));
    }
}
