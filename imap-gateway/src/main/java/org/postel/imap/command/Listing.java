package org.postel.imap.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postel.imap.syntax.ListOptions;
import org.postel.imap.syntax.ListOptions.Selection;
import org.postel.imap.syntax.ListPattern;
import org.postel.imap.syntax.MailboxName;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;

/** Which names a LIST shows, and as what: RFC 5258 §3 to §5, RFC 9051 §6.3.9. No I/O. */
final class Listing {

    /**
     * One response.
     *
     * @param childInfo what inferiors of it are, that are not all listed themselves; empty: nothing is said of them
     */
    record Line(Mailbox mailbox, List<String> attributes, List<String> childInfo) {
    }

    private final ListOptions options;
    private final List<ListPattern> patterns;
    private final List<Mailbox> names;
    private final Set<String> superiors;
    /** Names that do not exist, and are known for what was subscribed to or is below them. */
    private final Set<String> nonExistent = new HashSet<>();

    Listing(MailboxTree tree, ListOptions options, List<ListPattern> patterns) {
        this.options = options;
        this.patterns = patterns;
        this.names = new ArrayList<>(tree.getMailboxesList());
        this.superiors = superiorsOf(tree.getMailboxesList().stream().map(Mailbox::getName).toList());
        if (tree.getInferiors()) {
            names.forEach(mailbox -> superiors.add(mailbox.getName()));
        }
        if (options.selects(Selection.SUBSCRIBED)) {
            addOrphans(tree.getOrphanSubscriptionsList());
        }
    }

    private void addOrphans(List<String> subscriptions) {
        Set<String> there = new HashSet<>(names.stream().map(Mailbox::getName).toList());
        for (String name : subscriptions) {
            if (there.add(name)) {
                nonExistent.add(name);
                names.add(Mailbox.newBuilder().setName(name).setSubscribed(true).build());
            }
        }
        if (options.selects(Selection.RECURSIVEMATCH)) {
            superiorsOf(subscriptions).stream().filter(there::add).sorted().forEach(name -> {
                nonExistent.add(name);
                names.add(Mailbox.newBuilder().setName(name).build());
            });
        }
    }

    /** In hierarchical order; names without a mailbox that are only subscribed to come last. */
    List<Line> lines() {
        boolean recursive = options.selects(Selection.RECURSIVEMATCH);
        List<String> selected = recursive ? names.stream().filter(this::selected).map(Mailbox::getName).toList() : List.of();
        Set<String> above = superiorsOf(selected);
        Set<String> aboveUnlisted = superiorsOf(selected.stream().filter(name -> !matches(name)).toList());
        List<Line> lines = new ArrayList<>();
        for (Mailbox mailbox : names) {
            String name = mailbox.getName();
            // RFC 5258 §3.5: a name is listed for its inferiors' sake only where one of these is not listed itself.
            if (matches(name) && (selected(mailbox) || aboveUnlisted.contains(name))) {
                lines.add(new Line(mailbox, attributes(mailbox), above.contains(name) ? options.childInfo() : List.of()));
            }
        }
        return lines;
    }

    private boolean matches(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private boolean selected(Mailbox mailbox) {
        return (!options.selects(Selection.SUBSCRIBED) || mailbox.getSubscribed())
                && (!options.selects(Selection.SPECIAL_USE) || mailbox.getSpecialUseCount() > 0);
    }

    /** All names above some names, whether they exist or not. */
    static Set<String> superiorsOf(List<String> names) {
        Set<String> superiors = new HashSet<>();
        for (String name : names) {
            int end = name.lastIndexOf(MailboxName.SEPARATOR);
            while (end > 0 && superiors.add(name.substring(0, end))) {
                end = name.lastIndexOf(MailboxName.SEPARATOR, end - 1);
            }
        }
        return superiors;
    }

    private List<String> attributes(Mailbox mailbox) {
        List<String> attributes = new ArrayList<>();
        if (nonExistent.contains(mailbox.getName())) {
            attributes.add("\\NonExistent");
        } else if (!mailbox.getSelectable()) {
            attributes.add("\\Noselect");
        }
        if (options.tellsSubscriptions() && mailbox.getSubscribed()) {
            attributes.add("\\Subscribed");
        }
        attributes.add(superiors.contains(mailbox.getName()) ? "\\HasChildren" : "\\HasNoChildren");
        attributes.addAll(mailbox.getSpecialUseList());
        return attributes;
    }
}
