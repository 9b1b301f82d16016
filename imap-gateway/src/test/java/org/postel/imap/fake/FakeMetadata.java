package org.postel.imap.fake;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.GetMetadataResponse;
import org.postel.mailbox.api.v1.MailboxMetadata;
import org.postel.mailbox.api.v1.MetadataEntry;
import org.postel.mailbox.api.v1.SetMetadataRequest;
import org.postel.mailbox.api.v1.SetMetadataResponse;

/** Annotations in memory: values of 32 octets, eight of them. */
final class FakeMetadata {

    private static final int LONGEST = 32;
    private static final int MOST = 8;

    private final Map<ByteString, Map<String, ByteString>> entries = new HashMap<>();

    GetMetadataResponse get(GetMetadataRequest request) {
        List<ByteString> asked = request.getMailboxIdCount() == 0 ? List.of(ByteString.EMPTY) : request.getMailboxIdList();
        return GetMetadataResponse.newBuilder().addAllMailboxes(asked.stream().map(id -> get(id, request)).toList()).build();
    }

    private MailboxMetadata get(ByteString mailbox, GetMetadataRequest request) {
        MailboxMetadata.Builder metadata = MailboxMetadata.newBuilder().setMailboxId(mailbox);
        Map<String, ByteString> there = entries.getOrDefault(mailbox, Map.of());
        for (String wanted : request.getEntryList()) {
            if (!wanted.startsWith("/private/") && !wanted.startsWith("/shared/")) {
                throw new MailboxServiceException(Reason.INVALID_ARGUMENT, wanted);
            }
            there.forEach((name, value) -> {
                long levels = name.equals(wanted) ? 0 : name.startsWith(wanted + "/") ? name.substring(wanted.length()).chars().filter(it -> it == '/').count() : 99;
                if (levels > (request.getDepthValue() == 2 ? 98 : request.getDepthValue())) {
                    return;
                }
                if (request.hasMaxSize() && value.size() > request.getMaxSize()) {
                    metadata.setLongest(Math.max(metadata.getLongest(), value.size()));
                } else {
                    metadata.addEntries(MetadataEntry.newBuilder().setName(name).setValue(value));
                }
            });
            if (request.getDepthValue() == 0 && !there.containsKey(wanted)) {
                metadata.addEntries(MetadataEntry.newBuilder().setName(wanted));
            }
        }
        return metadata.build();
    }

    SetMetadataResponse set(SetMetadataRequest request) {
        if (request.getEntriesList().stream().anyMatch(entry -> entry.getValue().size() > LONGEST)) {
            return SetMetadataResponse.newBuilder().setMostOctets(LONGEST).build();
        }
        if (entries.values().stream().mapToInt(Map::size).sum() + request.getEntriesCount() > MOST) {
            return SetMetadataResponse.newBuilder().setTooMany(true).build();
        }
        Map<String, ByteString> there = entries.computeIfAbsent(request.getMailboxId(), id -> new TreeMap<>());
        request.getEntriesList().forEach(entry -> {
            if (entry.hasValue()) {
                there.put(entry.getName(), entry.getValue());
            } else {
                there.remove(entry.getName());
            }
        });
        return SetMetadataResponse.getDefaultInstance();
    }
}
