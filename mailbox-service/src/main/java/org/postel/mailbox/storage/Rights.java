package org.postel.mailbox.storage;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postel.mailbox.storage.StoreException.Problem;

/** Some rights: RFC 4314 §2. */
public record Rights(Set<Right> rights) {

    public static final Rights NONE = new Rights(Set.of());
    public static final Rights ALL = new Rights(EnumSet.allOf(Right.class));

    public Rights {
        rights = Set.copyOf(rights);
    }

    /**
     * Of letters; the obsolete {@code c} stands for {@code kx}, and {@code d} for {@code te} (RFC 4314 §2.1.1).
     *
     * @throws StoreException INVALID at a letter that is no right
     */
    public static Rights of(String letters) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (char letter : letters.toCharArray()) {
            switch (letter) {
                case 'c' -> rights.addAll(Set.of(Right.CREATE, Right.DELETE_MAILBOX));
                case 'd' -> rights.addAll(Set.of(Right.DELETE_MESSAGES, Right.EXPUNGE));
                default -> rights.add(of(letter).orElseThrow(() -> new StoreException(Problem.INVALID, "no such right")));
            }
        }
        return new Rights(rights);
    }

    private static Optional<Right> of(char letter) {
        return Arrays.stream(Right.values()).filter(right -> right.letter() == letter).findFirst();
    }

    public boolean has(Right right) {
        return rights.contains(right);
    }

    public Rights with(Rights more) {
        Set<Right> all = EnumSet.allOf(Right.class);
        all.removeIf(right -> !has(right) && !more.has(right));
        return new Rights(all);
    }

    public Rights without(Rights less) {
        Set<Right> left = EnumSet.allOf(Right.class);
        left.removeIf(right -> !has(right) || less.has(right));
        return new Rights(left);
    }

    /** Whether a flag may be changed, by how it is written: RFC 4314 §4. */
    public boolean mayChange(String flag) {
        return has(switch (flag.toLowerCase(Locale.ROOT)) {
            case "\\seen" -> Right.SEEN;
            case "\\deleted" -> Right.DELETE_MESSAGES;
            default -> Right.WRITE;
        });
    }

    /** As letters, in order. */
    public String letters() {
        return Arrays.stream(Right.values()).filter(this::has).map(right -> String.valueOf(right.letter())).collect(Collectors.joining());
    }
}
