package org.postel.mailbox.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TreeStateTest {

    private static final List<String> IN_ORDER = List.of("INBOX", "INBOX/a", "INBOX/a/b", "INBOX-a", "a", "a/b", "a/b/c", "a/bc", "a b", "a-b", "a0", "inbox", "é", "\ud83d\ude00");

    private TreeState now = TreeState.of(List.of(), 0, Optional.empty(), 0, Set.of());

    private void change(TreeEntry... entries) {
        now = now.changed(new TreeChange(List.of(entries), Map.of(), List.of(), 1), UUID.randomUUID());
    }

    private static TreeEntry mailbox(String name) {
        return TreeEntry.of(new MailboxName(name), UUID.randomUUID(), 1, List.of(), false, Map.of());
    }

    private static TreeEntry subscription(String name, boolean subscribed) {
        return TreeEntry.subscription(new MailboxName(name), subscribed);
    }

    private boolean shows(String name) {
        return now.shows(new MailboxName(name));
    }

    @Test
    void inboxIsFirstAndInferiorsFollowTheirSuperior() {
        List<MailboxName> names = new ArrayList<>(IN_ORDER.stream().map(MailboxName::new).toList());
        Collections.shuffle(names, new Random(1));
        Collections.sort(names);
        assertEquals(IN_ORDER, names.stream().map(MailboxName::text).toList());
    }

    @Test
    void aNameIsShownForItsMailboxOrOneBelow() {
        change(mailbox("a/b/c"), mailbox("a b"), subscription("x/y", true));
        assertEquals("[a, a/b, a/b/c, a b]", now.names().toString());
        for (String name : List.of("a", "a/b", "a/b/c", "a b", "a/b/c/d", "a/", "x", "x/y", "INBOX", "b")) {
            assertEquals(now.names().contains(new MailboxName(name)), shows(name), name);
        }
    }

    @Test
    void aChangeLeavesTheNamesItDoesNotName() {
        TreeEntry kept = mailbox("a");
        change(kept, mailbox("b"), subscription("c", true));
        change(subscription("b", false), subscription("c", false), mailbox("d"));
        assertEquals(List.of("a", "d"), now.entries().keySet().stream().map(MailboxName::text).toList());
        assertEquals(Optional.of(kept), now.mailbox(new MailboxName("a")));
        assertEquals(2, now.version());
    }

    @Test
    void whoHadTheStateBeforeStillHasIt() {
        change(mailbox("a"));
        TreeState before = now;
        change(mailbox("b"));
        assertEquals(List.of("a"), before.entries().keySet().stream().map(MailboxName::text).toList());
    }
}
