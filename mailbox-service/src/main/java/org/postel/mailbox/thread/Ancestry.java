package org.postel.mailbox.thread;

import java.util.Arrays;

/**
 * Parents and children that change, where it can be asked at once who is the eldest of somebody: a link-cut tree (Sleator and
 * Tarjan), amortised O(log n) for each call. A chain of references would else be walked again for each message.
 */
final class Ancestry {

    private static final int NONE = -1;

    private final int[] parent;
    private final int[] up;
    private final int[] left;
    private final int[] right;

    /** Nobody has a parent yet. */
    Ancestry(int nodes) {
        parent = filled(nodes);
        up = filled(nodes);
        left = filled(nodes);
        right = filled(nodes);
    }

    private static int[] filled(int nodes) {
        int[] none = new int[nodes];
        Arrays.fill(none, NONE);
        return none;
    }

    boolean hasParent(int node) {
        return parent[node] != NONE;
    }

    /** The parent of each; -1 for none. */
    int[] parents() {
        return parent;
    }

    /** Makes somebody without a parent the child of another, unless that would close a loop. */
    void link(int child, int of) {
        if (eldest(of) != child) {
            access(child);
            up[child] = of;
            parent[child] = of;
        }
    }

    /** Takes the parent away. */
    void cut(int child) {
        access(child);
        up[left[child]] = NONE;
        left[child] = NONE;
        parent[child] = NONE;
    }

    private int eldest(int node) {
        access(node);
        int eldest = node;
        while (left[eldest] != NONE) {
            eldest = left[eldest];
        }
        // What was walked is paid for by bringing it up.
        splay(eldest);
        return eldest;
    }

    /** Makes the way from the eldest to this node one path, with this node at its end and on top. */
    private void access(int node) {
        splay(node);
        detachRight(node);
        while (up[node] != NONE) {
            int path = up[node];
            splay(path);
            detachRight(path);
            right[path] = node;
            rotate(node);
        }
    }

    /** What hangs on the right is a path of its own from here on; its {@code up} still leads here. */
    private void detachRight(int node) {
        right[node] = NONE;
    }

    private boolean isTop(int node) {
        int above = up[node];
        return above == NONE || left[above] != node && right[above] != node;
    }

    private void splay(int node) {
        while (!isTop(node)) {
            int above = up[node];
            if (!isTop(above)) {
                rotate(left[above] == node == (left[up[above]] == above) ? above : node);
            }
            rotate(node);
        }
    }

    private void rotate(int node) {
        int above = up[node];
        int next = up[above];
        if (!isTop(above)) {
            if (left[next] == above) {
                left[next] = node;
            } else {
                right[next] = node;
            }
        }
        int moved;
        if (left[above] == node) {
            moved = right[node];
            left[above] = moved;
            right[node] = above;
        } else {
            moved = left[node];
            right[above] = moved;
            left[node] = above;
        }
        if (moved != NONE) {
            up[moved] = above;
        }
        up[above] = node;
        up[node] = next;
    }
}
