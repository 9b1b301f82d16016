package org.postel.mailbox.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postel.mailbox.api.v1.Resolution;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.mailbox.api.v1.ResolveResponse;

/**
 * What addresses stand for, asked of mailbox-service and remembered for {@link #REMEMBERED}: an account that gets mail gets
 * more of it. Only accounts and aliases are remembered. A no is asked again each time, because another instance may just have
 * added the address. Any thread may use it.
 */
public final class Resolutions {

    /** How old an answer may be; mailbox-service's own may be as old again as it is configured to. */
    static final Duration REMEMBERED = Duration.ofSeconds(3);
    private static final int MOST = 50_000;

    private final DirectoryClient directory;
    private final boolean room;
    private final Cache<String, Resolution> remembered = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    /** @param room whether answers say of accounts how much room they have, which costs a count where there is a limit */
    public Resolutions(DirectoryClient directory, boolean room) {
        this.directory = directory;
        this.room = room;
    }

    /**
     * In the order asked; at most 1,000 addresses.
     *
     * @throws MailboxServiceException as {@link DirectoryClient#resolve}; INTERNAL when the answer does not fit the question
     */
    public List<Resolution> of(List<String> addresses) {
        Map<String, Resolution> known = remembered.getAllPresent(addresses);
        Set<String> missing = new LinkedHashSet<>(addresses);
        missing.removeAll(known.keySet());
        if (missing.isEmpty()) {
            return addresses.stream().map(known::get).toList();
        }
        Map<String, Resolution> asked = ask(List.copyOf(missing));
        return addresses.stream().map(address -> known.getOrDefault(address, asked.get(address))).toList();
    }

    private Map<String, Resolution> ask(List<String> addresses) {
        ResolveResponse response = directory.resolve(ResolveRequest.newBuilder().addAllAddress(addresses).setRoom(room).build());
        if (response.getResolutionsCount() != addresses.size()) {
            throw new MailboxServiceException(MailboxServiceException.Reason.INTERNAL,
                    "Resolve answered " + response.getResolutionsCount() + " for " + addresses.size() + " addresses");
        }
        Map<String, Resolution> answers = IntStream.range(0, addresses.size()).boxed()
                .collect(Collectors.toMap(addresses::get, response::getResolutions));
        answers.forEach((address, resolution) -> {
            if (resolution.hasAccount() || resolution.hasAlias()) {
                remembered.put(address, resolution);
            }
        });
        return answers;
    }

    /** Answers proved old: these are asked for again. */
    public void forget(List<String> addresses) {
        remembered.invalidateAll(addresses);
    }
}
