package org.postel.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.imap.syntax.NotifyEvent;
import org.postel.imap.syntax.NotifyFilter;
import org.postel.imap.syntax.NotifyGroup;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;

/** RFC 5465 §5.4, where levels are there for what is below them only, as mailbox-service lists them. */
class TreeNewsTest {

    private static final Watch NAMES = new Watch(List.of(new NotifyGroup(new NotifyFilter.Personal(), EnumSet.of(NotifyEvent.MAILBOX_NAME), List.of())));

    private static MailboxTree tree(Mailbox... mailboxes) {
        return MailboxTree.newBuilder().addAllMailboxes(List.of(mailboxes)).build();
    }

    private static Mailbox mailbox(String name) {
        return Mailbox.newBuilder().setName(name).setId(ByteString.copyFromUtf8(name)).setSelectable(true).build();
    }

    /** A level without a mailbox. */
    private static Mailbox level(String name) {
        return Mailbox.newBuilder().setName(name).build();
    }

    private static List<String> told(MailboxTree before, MailboxTree now) {
        return new TreeNews(NAMES, before, now).lines().stream().map(line -> line.name() + " " + String.join(" ", line.attributes())).toList();
    }

    @Test
    void aMailboxBringsTheLevelsAboveIt() {
        assertEquals(List.of("A/B/C \\HasNoChildren", "A/B \\Noselect \\HasChildren", "A \\HasChildren"),
                told(tree(mailbox("A")), tree(mailbox("A"), level("A/B"), mailbox("A/B/C"))));
    }

    @Test
    void itTakesThemAlongWhenItGoes() {
        assertEquals(List.of("A/B/C \\NonExistent \\HasNoChildren", "A/B \\NonExistent \\HasNoChildren", "A \\HasNoChildren"),
                told(tree(mailbox("A"), level("A/B"), mailbox("A/B/C")), tree(mailbox("A"))));
    }

    @Test
    void severalLevelsWithoutMailboxesAreSeveral() {
        assertEquals(List.of("X/One \\HasNoChildren", "X \\Noselect \\HasChildren", "Y/Two \\HasNoChildren", "Y \\Noselect \\HasChildren"),
                told(tree(), tree(level("X"), mailbox("X/One"), level("Y"), mailbox("Y/Two"))));
    }

    @Test
    void whatHadInferiorsBeforeIsToldOfOnlyWhereTheyAreItsOwn() {
        assertEquals(List.of("A/B/D \\HasNoChildren", "A/B \\HasChildren"),
                told(tree(mailbox("A"), mailbox("A/B"), mailbox("A/B/C")), tree(mailbox("A"), mailbox("A/B"), mailbox("A/B/C"), mailbox("A/B/D"))));
    }
}
