package org.postel.mailbox.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.roaringbitmap.RoaringBitmap;

/**
 * One bitmap of UIDs for each flag and keyword that some message has. Names differ not by case (RFC 9051 §2.3.2); a keyword
 * keeps the spelling it was first given.
 */
final class MailboxStateFlags {

    private static final RoaringBitmap NONE = new RoaringBitmap();

    private record Flag(String name, RoaringBitmap uids) {}

    private final Map<String, Flag> flags = new TreeMap<>();

    MailboxStateFlags copy() {
        MailboxStateFlags copy = new MailboxStateFlags();
        flags.forEach((folded, flag) -> copy.flags.put(folded, new Flag(flag.name, flag.uids.clone())));
        return copy;
    }

    /** Never changed by the caller. */
    RoaringBitmap uids(String name) {
        Flag flag = flags.get(fold(name));
        return flag == null ? NONE : flag.uids;
    }

    List<String> names() {
        return flags.values().stream().map(Flag::name).toList();
    }

    List<String> of(int uid) {
        List<String> names = new ArrayList<>();
        for (Flag flag : flags.values()) {
            if (flag.uids.contains(uid)) {
                names.add(flag.name);
            }
        }
        return names;
    }

    void forEach(BiConsumer<String, RoaringBitmap> action) {
        flags.values().forEach(flag -> action.accept(flag.name, flag.uids));
    }

    void add(String name, RoaringBitmap uids) {
        flags.computeIfAbsent(fold(name), folded -> new Flag(name, new RoaringBitmap())).uids.or(uids);
    }

    void add(String name, int uid) {
        flags.computeIfAbsent(fold(name), folded -> new Flag(name, new RoaringBitmap())).uids.add(uid);
    }

    void remove(String name, RoaringBitmap uids) {
        Flag flag = flags.get(fold(name));
        if (flag != null) {
            flag.uids.andNot(uids);
            if (flag.uids.isEmpty()) {
                flags.remove(fold(name));
            }
        }
    }

    void set(List<String> names, RoaringBitmap uids) {
        clear(uids);
        names.forEach(name -> add(name, uids));
    }

    /** No flag stays on these messages. */
    void clear(RoaringBitmap uids) {
        flags.values().removeIf(flag -> {
            flag.uids.andNot(uids);
            return flag.uids.isEmpty();
        });
    }

    long weight() {
        return flags.values().stream().mapToLong(flag -> flag.uids.getLongSizeInBytes() + 64).sum();
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
