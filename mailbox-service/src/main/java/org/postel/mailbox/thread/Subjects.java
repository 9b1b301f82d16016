package org.postel.mailbox.thread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers threads whose roots have one base subject: RFC 5256 §3, REFERENCES, step 5. */
final class Subjects {

    private final Forest forest;
    private final Map<String, Integer> table = new HashMap<>();
    private final Set<Integer> moved = new HashSet<>();
    private final List<Integer> added = new ArrayList<>();

    private Subjects(Forest forest) {
        this.forest = forest;
    }

    /** @param forest sorted already: step 4 */
    static void gather(Forest forest) {
        Subjects subjects = new Subjects(forest);
        forest.roots().forEach(subjects::enter);
        List<Integer> before = List.copyOf(forest.roots());
        before.forEach(subjects::merge);
        List<Integer> roots = new ArrayList<>(before);
        roots.addAll(subjects.added);
        roots.removeIf(subjects.moved::contains);
        forest.roots(roots);
    }

    private String subject(int root) {
        return forest.message(root).subject();
    }

    private boolean isReply(int root) {
        return forest.message(root).isReply();
    }

    /** (B). */
    private void enter(int root) {
        if (subject(root).isEmpty()) {
            return;
        }
        table.merge(subject(root), root, (there, current) ->
                !forest.isDummy(there) && (forest.isDummy(current) || isReply(there) && !isReply(current)) ? current : there);
    }

    /** (C). */
    private void merge(int root) {
        Integer there = table.get(subject(root));
        if (there == null || there == root) {
            return;
        }
        if (forest.isDummy(there) && forest.isDummy(root)) {
            forest.release(root).forEach(child -> forest.add(there, child));
            moved.add(root);
        } else if (forest.isDummy(there) || isReply(root) && !isReply(there)) {
            forest.add(there, root);
            moved.add(root);
        } else {
            // Neither answers the other: both answer one that is not there.
            int dummy = forest.dummy();
            forest.add(dummy, there);
            forest.add(dummy, root);
            moved.add(there);
            moved.add(root);
            added.add(dummy);
            table.put(subject(root), dummy);
        }
    }
}
