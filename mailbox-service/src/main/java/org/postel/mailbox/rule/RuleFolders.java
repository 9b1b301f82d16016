package org.postel.mailbox.rule;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.postel.mail.rule.Actions;
import org.postel.mail.rule.Actions.End;
import org.postel.mail.rule.Actions.Folder;
import org.postel.mail.rule.Rule;
import org.postel.mail.rule.RuleSet;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.SubscribeRequest;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.StoreException;

/** The mailboxes that rules name. A rule goes on with its mailbox when that is renamed. */
final class RuleFolders {

    private final MailboxTrees trees;

    RuleFolders(MailboxTrees trees) {
        this.trees = trees;
    }

    /**
     * The rules with the ids of their mailboxes. One that is missing is created and subscribed to, so that its owner sees it.
     *
     * @throws StoreException INVALID when it cannot be a name, LIMIT when there are too many mailboxes
     */
    RuleSet found(UUID account, RuleSet rules) {
        return with(rules, folder -> new Folder(trees.canonical(folder.name()), Optional.of(find(account, folder.name()))));
    }

    private String find(UUID account, String name) {
        String canonical = trees.canonical(name);
        return existing(account, canonical).or(() -> {
            try {
                trees.create(account, CreateRequest.newBuilder().setName(canonical).build());
                trees.subscribe(account, SubscribeRequest.newBuilder().setName(canonical).setSubscribed(true).build());
            } catch (StoreException e) {
                if (e.problem() != StoreException.Problem.ALREADY_EXISTS) {
                    throw e;
                }
            }
            return existing(account, canonical);
        }).orElseThrow(() -> new StoreException(StoreException.Problem.UNAVAILABLE, "the mailbox went away again"));
    }

    private Optional<String> existing(UUID account, String name) {
        return trees.tree(account).getMailboxesList().stream().filter(mailbox -> mailbox.getName().equals(name) && mailbox.getSelectable())
                .map(mailbox -> RuleRecords.id(mailbox.getId()).toString()).findFirst();
    }

    /** The rules with the names that their mailboxes have now; those that are gone keep the one they had. */
    RuleSet named(UUID account, RuleSet rules) {
        if (rules.rules().stream().noneMatch(rule -> rule.actions().end() instanceof End.FileInto)) {
            return rules;
        }
        Map<String, String> names = trees.tree(account).getMailboxesList().stream().filter(Mailbox::getSelectable)
                .collect(Collectors.toMap(mailbox -> RuleRecords.id(mailbox.getId()).toString(), Mailbox::getName));
        return with(rules, folder -> new Folder(folder.id().map(names::get).orElse(folder.name()), folder.id()));
    }

    private static RuleSet with(RuleSet rules, UnaryOperator<Folder> change) {
        return new RuleSet(rules.rules().stream().map(rule -> rule.actions().end() instanceof End.FileInto(Folder folder)
                ? new Rule(rule.name(), rule.enabled(), rule.all(), rule.conditions(),
                        new Actions(rule.actions().flags(), rule.actions().forwards(), new End.FileInto(change.apply(folder))))
                : rule).toList());
    }
}
