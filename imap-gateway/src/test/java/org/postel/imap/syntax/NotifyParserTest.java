package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5465 §8. */
class NotifyParserTest {

    private static ImapCommand.Line parse(String line) {
        return CommandParser.parse(line.getBytes(StandardCharsets.US_ASCII));
    }

    private static ImapCommand.Notify notify(String arguments) {
        return (ImapCommand.Notify) assertInstanceOf(ImapCommand.Tagged.class, parse("a NOTIFY " + arguments), arguments).command();
    }

    @Test
    void groupsNameMailboxesAndEvents() {
        ImapCommand.Notify notify = notify("set status (Selected (messagenew (uid body.peek[]) MessageExpunge)) "
                + "(subtree (Lists \"Other Lists\") (MailboxName)) (mailboxes inbox NONE)");
        assertEquals(true, notify.status());
        assertEquals(List.of(
                new NotifyGroup(new NotifyFilter.Selected(false), EnumSet.of(NotifyEvent.MESSAGE_NEW, NotifyEvent.MESSAGE_EXPUNGE),
                        List.of(new FetchItem.Uid(), new FetchItem.Body(true, new Section(List.of(), new Section.Kind.Whole()), java.util.Optional.empty()))),
                new NotifyGroup(new NotifyFilter.Subtree(Set.of("Lists", "Other Lists")),
                        EnumSet.of(NotifyEvent.MAILBOX_NAME), List.of()),
                new NotifyGroup(new NotifyFilter.Mailboxes(Set.of("INBOX")), EnumSet.noneOf(NotifyEvent.class), List.of())),
                notify.groups());
        assertEquals(List.of(), notify("NONE").groups());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SET", "SET ", "SET STATUS", "NONE x", "SET personal", "SET (personal)", "SET (personal ())",
            "SET (personal (MailboxName)", "SET (personal (MailboxName) )", "SET (personal MailboxName)", "SET (mailboxes NONE)",
            "SET (subtree () NONE)", "SET (selected (MessageNew (UID) (UID) MessageExpunge))", "SET (selected ((UID) MessageNew MessageExpunge))",
            "SET (selected (MessageExpunge (UID) MessageNew))", "SET (selected (MessageNew (NONSENSE) MessageExpunge))"})
    void nonsenseIsRefused(String arguments) {
        assertInstanceOf(ImapCommand.Malformed.class, parse("a NOTIFY " + arguments));
    }

    /** SAFETY row 15. */
    @Test
    void everythingThereCanBeManyOfIsCounted() {
        assertInstanceOf(ImapCommand.Malformed.class, parse("a NOTIFY SET" + " (personal NONE)".repeat(101)));
        assertInstanceOf(ImapCommand.Malformed.class, parse("a NOTIFY SET (mailboxes (x" + " x".repeat(1000) + ") NONE)"));
        String some = "mailboxes (x" + " x".repeat(499) + ")";
        assertInstanceOf(ImapCommand.Tagged.class, parse("a NOTIFY SET (" + some + " NONE) (" + some + " NONE)"));
        assertInstanceOf(ImapCommand.Malformed.class, parse("a NOTIFY SET (" + some + " NONE) (" + some + " NONE) (subtree x NONE)"));
        assertInstanceOf(ImapCommand.Tagged.class, parse("a ESEARCH IN (" + some + " " + some + ") ALL"));
        assertInstanceOf(ImapCommand.Malformed.class, parse("a ESEARCH IN (" + some + " " + some + " subtree-one x) ALL"));
        assertInstanceOf(ImapCommand.Malformed.class, parse("a NOTIFY SET (personal (MailboxName" + " MailboxName".repeat(100) + "))"));
    }
}
