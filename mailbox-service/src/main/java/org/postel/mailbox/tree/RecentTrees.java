package org.postel.mailbox.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The trees that were last read or changed here: good for a moment as they are, and after that for whoever asks whether they changed since. */
final class RecentTrees {

    private static final int MOST_NAMES = 100_000;

    /** @param newestAt nothing that was committed before it is missing; on the clock of {@link System#nanoTime} */
    private record Recent(TreeState tree, long newestAt) {

        Recent orNewer(Recent other) {
            boolean newer = other.tree.version() > tree.version()
                    || other.tree.version() == tree.version() && other.newestAt - newestAt > 0;
            return newer ? other : this;
        }
    }

    private final Duration moment;
    private final Cache<UUID, Recent> trees;

    RecentTrees(Duration moment) {
        this.moment = moment;
        this.trees = Caffeine.newBuilder().maximumWeight(MOST_NAMES)
                .weigher((UUID account, Recent recent) -> 1 + recent.tree.entries().size()).build();
    }

    /** @param newestAt before it was asked for, or its change was sent */
    void add(UUID account, TreeState tree, long newestAt) {
        trees.asMap().merge(account, new Recent(tree, newestAt), Recent::orNewer);
    }

    /** However old. */
    Optional<TreeState> known(UUID account) {
        return Optional.ofNullable(trees.getIfPresent(account)).map(Recent::tree);
    }

    /** Of the last moment. */
    Optional<TreeState> find(UUID account) {
        return Optional.ofNullable(trees.getIfPresent(account))
                .filter(recent -> recent.newestAt - (System.nanoTime() - moment.toNanos()) > 0)
                .map(Recent::tree);
    }
}
