package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postel.imap.syntax.MailboxName;
import org.postel.imap.syntax.NotifyEvent;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;

/** What happened to names from one tree to the next, as LIST responses: RFC 5465 §5.4 and §5.5. */
final class TreeNews {

    private final Watch watch;
    private final Names before;
    private final Names now;
    /** Names to be told of, and what was their name before, if they had another. */
    private final Map<String, Optional<String>> affected = new LinkedHashMap<>();

    TreeNews(Watch watch, MailboxTree before, MailboxTree now) {
        this.watch = watch;
        this.before = new Names(before);
        this.now = new Names(now);
    }

    /** One response. */
    record Line(String name, List<String> attributes, Optional<String> old) {

        /** @param out takes names as the client wants them */
        byte[] on(ResponseBuffer out) {
            out.raw("* LIST ").flags(attributes).raw(" \"" + MailboxName.SEPARATOR + "\" ").mailbox(name);
            old.ifPresent(before -> out.raw(" (\"OLDNAME\" (").mailbox(before).raw("))"));
            return out.crlf().take();
        }
    }

    /** A tree by its names. */
    private static final class Names {

        private final Map<ByteString, Mailbox> byId = new LinkedHashMap<>();
        private final Map<String, Mailbox> byName = new HashMap<>();
        private final Set<String> superiors = new HashSet<>();
        private final Set<String> subscribed = new HashSet<>();

        Names(MailboxTree tree) {
            for (Mailbox mailbox : tree.getMailboxesList()) {
                if (!mailbox.getId().isEmpty()) {
                    byId.put(mailbox.getId(), mailbox);
                }
                byName.put(mailbox.getName(), mailbox);
                if (mailbox.getSubscribed()) {
                    subscribed.add(mailbox.getName());
                }
            }
            superiors.addAll(Listing.superiorsOf(List.copyOf(byName.keySet())));
            subscribed.addAll(tree.getOrphanSubscriptionsList());
        }
    }

    private static Optional<String> superior(String name) {
        int end = name.lastIndexOf(MailboxName.SEPARATOR);
        return end < 0 ? Optional.empty() : Optional.of(name.substring(0, end));
    }

    /** One response for each name that is watched and was affected. */
    List<Line> lines() {
        names();
        subscriptions();
        List<Line> lines = new ArrayList<>();
        affected.forEach((name, old) -> lines.add(line(name, old)));
        return lines;
    }

    private void names() {
        for (Mailbox mailbox : now.byId.values()) {
            Mailbox old = before.byId.get(mailbox.getId());
            if (old == null) {
                cameOrWent(mailbox.getName());
            } else if (!old.getName().equals(mailbox.getName()) && !renamedWithSuperior(old.getName(), mailbox.getName())
                    && (wants(NotifyEvent.MAILBOX_NAME, mailbox.getName()) || wants(NotifyEvent.MAILBOX_NAME, old.getName()))) {
                affected.put(mailbox.getName(), Optional.of(old.getName()));
            }
        }
        before.byId.values().stream().filter(mailbox -> !now.byId.containsKey(mailbox.getId()))
                .forEach(mailbox -> cameOrWent(mailbox.getName()));
        cameOrWentWithInferiors(before, now);
        cameOrWentWithInferiors(now, before);
    }

    /** Names that are there for what is below them only, and have no id to be known by. */
    private void cameOrWentWithInferiors(Names here, Names there) {
        here.byName.values().stream().filter(mailbox -> mailbox.getId().isEmpty() && !there.byName.containsKey(mailbox.getName()))
                .forEach(mailbox -> cameOrWent(mailbox.getName()));
    }

    /** RFC 5465 §5.4: its superior is affected too, for it has inferiors now, or none any more. */
    private void cameOrWent(String name) {
        affect(NotifyEvent.MAILBOX_NAME, name);
        superior(name).ifPresent(superior -> affect(NotifyEvent.MAILBOX_NAME, superior));
        Listing.superiorsOf(List.of(name)).stream().filter(superior -> before.superiors.contains(superior) != now.superiors.contains(superior))
                .sorted(Comparator.reverseOrder()).forEach(superior -> affect(NotifyEvent.MAILBOX_NAME, superior));
    }

    /** RFC 5465 §5.4: nothing is told of the inferiors of what was renamed. */
    private boolean renamedWithSuperior(String old, String name) {
        Optional<String> from = superior(old);
        Optional<String> to = superior(name);
        if (from.isEmpty() || to.isEmpty() || from.equals(to) || !old.substring(from.get().length()).equals(name.substring(to.get().length()))) {
            return false;
        }
        Mailbox moved = before.byName.get(from.get());
        Mailbox there = now.byName.get(to.get());
        return moved != null && there != null && moved.getId().equals(there.getId());
    }

    private void subscriptions() {
        Set<String> all = new HashSet<>(before.subscribed);
        all.addAll(now.subscribed);
        all.stream().filter(name -> before.subscribed.contains(name) != now.subscribed.contains(name)).sorted()
                .forEach(name -> affect(NotifyEvent.SUBSCRIPTION_CHANGE, name));
    }

    private void affect(NotifyEvent event, String name) {
        if (wants(event, name)) {
            affected.putIfAbsent(name, Optional.empty());
        }
    }

    private boolean wants(NotifyEvent event, String name) {
        return watch.wants(event, name, before.subscribed.contains(name) || now.subscribed.contains(name));
    }

    private Line line(String name, Optional<String> old) {
        List<String> attributes = new ArrayList<>();
        Mailbox mailbox = now.byName.get(name);
        if (mailbox == null) {
            attributes.add("\\NonExistent");
        } else if (!mailbox.getSelectable()) {
            attributes.add("\\Noselect");
        }
        if (now.subscribed.contains(name)) {
            attributes.add("\\Subscribed");
        }
        attributes.add(now.superiors.contains(name) ? "\\HasChildren" : "\\HasNoChildren");
        if (mailbox != null) {
            attributes.addAll(mailbox.getSpecialUseList());
        }
        return new Line(name, attributes, old);
    }
}
