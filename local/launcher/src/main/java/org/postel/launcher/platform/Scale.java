package org.postel.launcher.platform;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.postel.launcher.UsageException;

/**
 * How many processes of each service run on this machine.
 *
 * @param processes the number of those that are named, 1 to {@link #MOST}; of all others there is one
 */
public record Scale(Map<ServiceName, Integer> processes) {

    /** More than a machine has use for; so many have ports that no other process has. */
    public static final int MOST = 9;
    /** What nobody scaled. */
    public static final Scale ONE_OF_EACH = new Scale(Map.of());

    private static final Pattern ONE = Pattern.compile("([^=]+)=([^=]+)");

    /** Copies the map. */
    public Scale {
        processes = Map.copyOf(processes);
    }

    /** The same number of each. */
    public static Scale ofEach(int number) {
        return new Scale(Stream.of(ServiceName.values()).collect(Collectors.toMap(service -> service, service -> number)));
    }

    /**
     * As it is written: {@code imap-gateway=2,delivery-worker=3}.
     *
     * @throws UsageException when it is not of this form, names something twice or what is no service, or the number is not 1 to {@link #MOST}
     */
    public static Scale of(String text) {
        Map<ServiceName, Integer> processes = new EnumMap<>(ServiceName.class);
        for (String one : text.split(",", -1)) {
            Matcher parts = ONE.matcher(one);
            if (!parts.matches()) {
                throw new UsageException("--scale takes SERVICE=NUMBER, and more of them after commas, not '" + text + "'.");
            }
            ServiceName service = ServiceName.of(parts.group(1)).orElseThrow(() -> new UsageException(
                    "There is no service '" + parts.group(1) + "' to scale; there are " + names() + "."));
            if (processes.put(service, number(service, parts.group(2))) != null) {
                throw new UsageException("--scale names " + service.folder() + " twice.");
            }
        }
        return new Scale(processes);
    }

    private static int number(ServiceName service, String digits) {
        if (!digits.matches("[1-" + MOST + "]")) {
            throw new UsageException("--scale takes 1 to " + MOST + " processes of " + service.folder() + ", not '" + digits + "'.");
        }
        return Integer.parseInt(digits);
    }

    private static String names() {
        return Stream.of(ServiceName.values()).map(ServiceName::folder).collect(Collectors.joining(", "));
    }

    /** Of one service. */
    public int of(ServiceName service) {
        return processes.getOrDefault(service, 1);
    }
}
