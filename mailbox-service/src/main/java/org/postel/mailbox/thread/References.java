package org.postel.mailbox.thread;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who answers whom by the ids that messages refer to: RFC 5256 §3, REFERENCES, steps 1 to 3. */
final class References {

    private static final int NONE = -1;

    private final List<Threaded> messages;
    /** The node of each id; nodes from the number of messages on stand for messages that are not there. */
    private final Map<String, Integer> nodes = new HashMap<>();
    private int count;

    private References(List<Threaded> messages) {
        this.messages = messages;
        this.count = messages.size();
    }

    /** Parents and children, and the roots; nothing is sorted. */
    static Forest forest(List<Threaded> messages) {
        References references = new References(messages);
        references.name();
        return references.pruned(references.linked());
    }

    /** Gives every id a node. Of several messages with one id the first has it: the others cannot be referred to. */
    private void name() {
        for (int place = 0; place < messages.size(); place++) {
            if (!messages.get(place).id().isEmpty()) {
                nodes.putIfAbsent(messages.get(place).id(), place);
            }
        }
        messages.forEach(message -> message.references().forEach(id -> nodes.computeIfAbsent(id, absent -> count++)));
    }

    /** Step 1: links in the order of the mailbox; the parent of each node, -1 for none. */
    private int[] linked() {
        Ancestry ancestry = new Ancestry(count);
        for (int place = 0; place < messages.size(); place++) {
            int last = NONE;
            for (String id : messages.get(place).references()) {
                int node = nodes.get(id);
                // (A): what a message says of others counts where nobody said anything yet.
                if (last != NONE && !ancestry.hasParent(node)) {
                    ancestry.link(node, last);
                }
                last = node;
            }
            // (B): what it says of itself counts for more.
            if (ancestry.hasParent(place)) {
                ancestry.cut(place);
            }
            if (last != NONE) {
                ancestry.link(place, last);
            }
        }
        return ancestry.parents();
    }

    /** Steps 2 and 3: each message below the next one above that is there, or else below the topmost that is not. */
    private Forest pruned(int[] parents) {
        int[] above = above(parents);
        List<List<Integer>> orphans = new ArrayList<>();
        int[] groups = new int[count];
        Arrays.fill(groups, NONE);
        Forest forest = new Forest(messages);
        List<Integer> roots = new ArrayList<>();
        for (int place = 0; place < messages.size(); place++) {
            if (above[place] == NONE) {
                roots.add(place);
            } else if (above[place] < messages.size()) {
                forest.add(above[place], place);
            } else {
                if (groups[above[place]] == NONE) {
                    groups[above[place]] = orphans.size();
                    orphans.add(new ArrayList<>());
                }
                orphans.get(groups[above[place]]).add(place);
            }
        }
        orphans.forEach(siblings -> roots.add(root(forest, siblings)));
        forest.roots(roots);
        return forest;
    }

    /** An only child takes the place of its parent that is not there. */
    private static int root(Forest forest, List<Integer> siblings) {
        if (siblings.size() == 1) {
            return siblings.getFirst();
        }
        int dummy = forest.dummy();
        siblings.forEach(child -> forest.add(dummy, child));
        return dummy;
    }

    /** For each node the next message above it, else the topmost node above it, else -1; each way is walked once. */
    private int[] above(int[] parents) {
        int[] above = new int[count];
        boolean[] known = new boolean[count];
        int[] way = new int[count];
        for (int node = 0; node < count; node++) {
            int length = 0;
            for (int next = node; next != NONE && !known[next]; next = parents[next]) {
                way[length++] = next;
            }
            while (length > 0) {
                int next = way[--length];
                int parent = parents[next];
                boolean there = parent == NONE || parent < messages.size() || above[parent] == NONE;
                above[next] = there ? parent : above[parent];
                known[next] = true;
            }
        }
        return above;
    }
}
