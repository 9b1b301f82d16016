package org.postel.mailbox.thread;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How threads are made. */
public enum Algorithm {

    /** RFC 5256 §3. */
    ORDEREDSUBJECT {
        @Override
        Forest forest(List<Threaded> messages) {
            Forest forest = new Forest(messages);
            List<Integer> sorted = new ArrayList<>(IntStream.range(0, messages.size()).boxed().toList());
            sorted.sort(Comparator.<Integer, String>comparing(place -> messages.get(place).subject())
                    .thenComparingLong(place -> messages.get(place).sent()).thenComparingInt(place -> place));
            List<Integer> roots = new ArrayList<>();
            for (int place : sorted) {
                if (!roots.isEmpty() && messages.get(roots.getLast()).subject().equals(messages.get(place).subject())) {
                    forest.add(roots.getLast(), place);
                } else {
                    roots.add(place);
                }
            }
            forest.roots(roots);
            forest.sort();
            return forest;
        }
    },

    /** RFC 5256 §3. */
    REFERENCES {
        @Override
        Forest forest(List<Threaded> messages) {
            Forest forest = References.forest(messages);
            forest.sort();
            Subjects.gather(forest);
            forest.sort();
            return forest;
        }
    },

    /** draft-ietf-morg-inthread §5: as REFERENCES, but subjects say nothing, and the thread with the newest mail comes last. */
    REFS {
        @Override
        Forest forest(List<Threaded> messages) {
            Forest forest = References.forest(messages);
            forest.sort();
            forest.sortByLatest();
            return forest;
        }
    };

    abstract Forest forest(List<Threaded> messages);

    /** Takes the nodes of all threads, one thread after the other, each node before its children. */
    @FunctionalInterface
    public interface Threads {

        /** @param place of the message, or -1 where none is there; then it has two children at least */
        void node(int place, int children);
    }

    /** Makes threads of messages that are in the order of the mailbox. */
    public void thread(List<Threaded> messages, Threads to) {
        Forest forest = forest(messages);
        for (int root : forest.roots()) {
            for (Forest.Walk walk = forest.new Walk(root); walk.hasNext();) {
                int node = walk.next();
                to.node(forest.isDummy(node) ? -1 : node, forest.children(node).size());
            }
        }
    }
}
