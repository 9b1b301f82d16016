package org.postel.mailbox.thread;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Threads in the making: messages by their places, and above some of them nodes without a message, which stand for one that is not
 * there (RFC 5256 §3, "dummy").
 */
final class Forest {

    private final List<Threaded> messages;
    private final List<List<Integer>> children = new ArrayList<>();
    private final Comparator<Integer> bySent;
    private List<Integer> roots = new ArrayList<>();

    Forest(List<Threaded> messages) {
        this.messages = messages;
        messages.forEach(message -> children.add(List.of()));
        this.bySent = Comparator.<Integer>comparingLong(node -> message(node).sent()).thenComparingInt(this::first);
    }

    List<Integer> roots() {
        return roots;
    }

    void roots(List<Integer> next) {
        roots = next;
    }

    /** A new node without a message. */
    int dummy() {
        children.add(List.of());
        return children.size() - 1;
    }

    boolean isDummy(int node) {
        return node >= messages.size();
    }

    void add(int parent, int child) {
        if (children.get(parent).isEmpty()) {
            children.set(parent, new ArrayList<>(2));
        }
        children.get(parent).add(child);
    }

    List<Integer> children(int node) {
        return children.get(node);
    }

    /** Takes all children away. */
    List<Integer> release(int node) {
        return children.set(node, List.of());
    }

    /** The place of its message, or of that of its first child when it has none: children are sorted by then. */
    int first(int node) {
        int first = node;
        while (isDummy(first)) {
            first = children.get(first).getFirst();
        }
        return first;
    }

    /** The message at {@link #first}. */
    Threaded message(int node) {
        return messages.get(first(node));
    }

    /** Sorts the children of each, and the roots, by sent date: RFC 5256 §3, steps 4 and 6. */
    void sort() {
        // What has no message is never below another such, but within the roots: so these are sorted by then.
        for (int node = 0; node < children.size(); node++) {
            if (!isDummy(node)) {
                sort(children.get(node));
            }
        }
        for (int node = messages.size(); node < children.size(); node++) {
            sort(children.get(node));
        }
        sort(roots);
    }

    private void sort(List<Integer> siblings) {
        if (siblings.size() > 1) {
            siblings.sort(bySent);
        }
    }

    /** Sorts the roots by the message that arrived last in each: draft-ietf-morg-inthread §5. */
    void sortByLatest() {
        long[] latest = new long[children.size()];
        Arrays.fill(latest, Long.MIN_VALUE);
        for (int root : roots) {
            for (Walk walk = new Walk(root); walk.hasNext();) {
                int node = walk.next();
                if (!isDummy(node)) {
                    latest[root] = Math.max(latest[root], messages.get(node).arrived());
                }
            }
        }
        roots.sort(Comparator.<Integer>comparingLong(root -> latest[root]).thenComparingInt(this::first));
    }

    /** A node and all below it, each before its children. */
    final class Walk {

        private int[] left = new int[16];
        private int size = 1;

        Walk(int root) {
            left[0] = root;
        }

        boolean hasNext() {
            return size > 0;
        }

        int next() {
            int node = left[--size];
            List<Integer> below = children.get(node);
            if (size + below.size() > left.length) {
                left = Arrays.copyOf(left, Math.max(2 * left.length, size + below.size()));
            }
            for (int i = below.size() - 1; i >= 0; i--) {
                left[size++] = below.get(i);
            }
            return node;
        }
    }
}
