package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.AbstractSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** RFC 5465 §6 and RFC 7377 §2.2. */
class NotifyFilterTest {

    private static final List<String> ALL = List.of("INBOX", "List", "List/Red", "List/Red/Deep", "Listing", "Other Users/bob/Red", "/Odd", "Odd/");

    private static List<String> named(NotifyFilter filter) {
        return ALL.stream().filter(name -> filter.names(name, name.equals("Listing"))).toList();
    }

    @Test
    void aFilterNamesWhatItSays() {
        assertEquals(List.of(), named(new NotifyFilter.Selected(false)));
        assertEquals(List.of("Listing"), named(new NotifyFilter.Subscribed()));
        assertEquals(ALL.stream().filter(name -> !name.startsWith("Other")).toList(), named(new NotifyFilter.Personal()));
        assertEquals(List.of("INBOX", "List"), named(new NotifyFilter.Mailboxes(Set.of("INBOX", "List", "Gone"))));
    }

    @Test
    void aSubtreeGoesAllTheWayDownOrOneLevel() {
        assertEquals(List.of("List", "List/Red", "List/Red/Deep"), named(new NotifyFilter.Subtree(Set.of("List"))));
        assertEquals(List.of("List", "List/Red"), named(new NotifyFilter.SubtreeOne(Set.of("List"))));
        assertEquals(List.of("List/Red", "List/Red/Deep"), named(new NotifyFilter.SubtreeOne(Set.of("List/Red"))));
        assertEquals(List.of("Other Users/bob/Red"), named(new NotifyFilter.Subtree(Set.of("Other Users"))), "what does not exist has inferiors too");
        assertEquals(List.of("Odd/"), named(new NotifyFilter.SubtreeOne(Set.of("Odd"))));
        assertEquals(List.of(), named(new NotifyFilter.Subtree(Set.of("Nothing"))));
    }

    /** SAFETY row 33: a command of all names that may be, before an account of all mailboxes that may be. */
    @Test
    void namesAreNotComparedOneByOne() {
        Set<String> looked = new HashSet<>();
        Set<String> names = new AbstractSet<>() {
            @Override
            public boolean contains(Object name) {
                looked.add((String) name);
                return false;
            }

            @Override
            public Iterator<String> iterator() {
                throw new AssertionError("all names are looked at for one mailbox");
            }

            @Override
            public int size() {
                return 1000;
            }
        };
        Stream.of(new NotifyFilter.Mailboxes(names), new NotifyFilter.Subtree(names), new NotifyFilter.SubtreeOne(names))
                .forEach(filter -> assertEquals(false, filter.names("a/b/c", false)));
        assertEquals(Set.of("a/b/c", "a/b", "a"), looked);
    }
}
