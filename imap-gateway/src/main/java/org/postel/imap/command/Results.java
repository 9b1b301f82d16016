package org.postel.imap.command;

import java.util.Optional;
import org.postel.imap.syntax.Page;
import org.postel.imap.syntax.ReturnOptions;
import org.postel.imap.syntax.ReturnOptions.Option;
import org.roaringbitmap.RoaringBitmap;

/** What a search found, in the order of the mailbox, and which of it a client wants. */
record Results(RoaringBitmap found, ReturnOptions returns) {

    /** The messages at some places of a set that is in order. */
    static RoaringBitmap page(RoaringBitmap found, Page page) {
        int count = found.getCardinality();
        int from = page.from(count);
        int to = page.to(count);
        RoaringBitmap some = new RoaringBitmap();
        if (from < to) {
            some.add(Integer.toUnsignedLong(found.select(from)), Integer.toUnsignedLong(found.select(to - 1)) + 1);
            some.and(found);
        }
        return some;
    }

    /** What the answer is about, and what SAVE saves: RFC 5182 §2.4, RFC 4731 §3.2 and RFC 9394 §3.2. All, or those that are named. */
    RoaringBitmap concerned() {
        boolean some = returns.asks(Option.MIN) || returns.asks(Option.MAX) || returns.partial().isPresent();
        if (!some || returns.asks(Option.ALL) || returns.asks(Option.COUNT) || found.isEmpty()) {
            return found;
        }
        RoaringBitmap named = returns.partial().map(page -> page(found, page)).orElseGet(RoaringBitmap::new);
        min().ifPresent(named::add);
        max().ifPresent(named::add);
        return named;
    }

    /** The same of what was sorted: the first, the last and the page are those of its order (RFC 5267 §3.1). */
    RoaringBitmap concerned(int[] sorted) {
        boolean some = returns.asks(Option.MIN) || returns.asks(Option.MAX) || returns.partial().isPresent();
        if (!some || returns.asks(Option.ALL) || returns.asks(Option.COUNT) || sorted.length == 0) {
            return found;
        }
        RoaringBitmap named = new RoaringBitmap();
        returns.partial().ifPresent(page -> {
            for (int at = page.from(sorted.length); at < page.to(sorted.length); at++) {
                named.add(sorted[at]);
            }
        });
        if (returns.asks(Option.MIN)) {
            named.add(sorted[0]);
        }
        if (returns.asks(Option.MAX)) {
            named.add(sorted[sorted.length - 1]);
        }
        return named;
    }

    /** The lowest, where it is asked for and there is one. */
    Optional<Integer> min() {
        return returns.asks(Option.MIN) && !found.isEmpty() ? Optional.of(found.first()) : Optional.empty();
    }

    /** The highest, likewise. */
    Optional<Integer> max() {
        return returns.asks(Option.MAX) && !found.isEmpty() ? Optional.of(found.last()) : Optional.empty();
    }
}
