package org.postel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/rfc.md says of each RFC how far it is kept: yes, partial, planned or no. */
class RfcPageTest {

    private static final Pattern ROW = Pattern.compile("^\\| (\\d{3,5}) \\| ([^|]*) \\| (yes|partial|planned|no) \\| ([^|]*) \\|$", Pattern.MULTILINE);
    private static final Pattern CITATION = Pattern.compile("RFC (\\d{3,5})\\b");
    private static final Repository REPOSITORY = Repository.here();

    /** Where each gateway keeps the words it advertises, and the RFC that defines each word. */
    private static final Map<String, Integer> ADVERTISED = Map.ofEntries(
            Map.entry("IMAP4rev1", 3501), Map.entry("IMAP4rev2", 9051), Map.entry("UIDPLUS", 4315), Map.entry("IDLE", 2177), Map.entry("MOVE", 6851),
            Map.entry("NAMESPACE", 2342), Map.entry("ID", 2971), Map.entry("LITERAL+", 7888), Map.entry("LITERAL-", 7888), Map.entry("SASL-IR", 4959),
            Map.entry("UNSELECT", 3691), Map.entry("CHILDREN", 3348), Map.entry("SPECIAL-USE", 6154), Map.entry("PIPELINING", 2920), Map.entry("SIZE", 1870),
            Map.entry("8BITMIME", 6152), Map.entry("SMTPUTF8", 6531), Map.entry("ENHANCEDSTATUSCODES", 2034), Map.entry("DSN", 3461), Map.entry("CHUNKING", 3030), Map.entry("BINARYMIME", 3030),
            Map.entry("LIMITS", 9422), Map.entry("REQUIRETLS", 8689),
            Map.entry("STLS", 2595), Map.entry("CAPA", 2449), Map.entry("ENABLE", 5161), Map.entry("CONDSTORE", 7162),
            Map.entry("QRESYNC", 7162), Map.entry("CONTEXT=SEARCH", 5267), Map.entry("MULTISEARCH", 7377), Map.entry("MESSAGELIMIT", 9738), Map.entry("ESORT", 5267), Map.entry("UIDONLY", 9586),
            Map.entry("BINARY", 3516), Map.entry("MULTIAPPEND", 3502), Map.entry("CATENATE", 4469), Map.entry("REPLACE", 8508), Map.entry("UTF8=ACCEPT", 6855), Map.entry("PREVIEW", 8970),
            Map.entry("LIST-EXTENDED", 5258), Map.entry("LIST-STATUS", 5819), Map.entry("CREATE-SPECIAL-USE", 6154), Map.entry("STATUS=SIZE", 8438),
            Map.entry("OBJECTID", 8474), Map.entry("APPENDLIMIT", 7889),
            Map.entry("QUOTA", 9208), Map.entry("METADATA", 5464), Map.entry("LIST-METADATA", 9590), Map.entry("ACL", 4314), Map.entry("LIST-MYRIGHTS", 8440));

    private final Map<Integer, String> notes = new TreeMap<>();
    private final Map<Integer, String> rows = rows();

    private Map<Integer, String> rows() {
        Map<Integer, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(REPOSITORY.text("docs/rfc.md"));
        while (row.find()) {
            String before = rows.put(Integer.valueOf(row.group(1)), row.group(3));
            notes.put(Integer.valueOf(row.group(1)), row.group(4));
            assertTrue(before == null, "RFC " + row.group(1) + " stands twice in docs/rfc.md");
        }
        return rows;
    }

    @Test
    void everyCitedRfcIsListed() {
        Set<String> missing = new TreeSet<>();
        for (var source : REPOSITORY.mainSources()) {
            Matcher citation = CITATION.matcher(Repository.read(source));
            while (citation.find()) {
                if (!rows.containsKey(Integer.valueOf(citation.group(1)))) {
                    missing.add("RFC " + citation.group(1) + " (" + source.getFileName() + ")");
                }
            }
        }
        assertEquals(Set.of(), missing, "cited in the code, not in docs/rfc.md");
    }

    @Test
    void everyListedYesOrPartialIsCitedWhereItIsKept() {
        Set<Integer> cited = new TreeSet<>();
        for (var source : REPOSITORY.mainSources()) {
            Matcher citation = CITATION.matcher(Repository.read(source));
            while (citation.find()) {
                cited.add(Integer.valueOf(citation.group(1)));
            }
        }
        Set<Integer> claimed = new TreeSet<>();
        rows.forEach((rfc, kept) -> {
            if (kept.equals("yes") || kept.equals("partial")) {
                claimed.add(rfc);
            }
        });
        claimed.removeAll(cited);
        assertEquals(Set.of(), claimed, "claimed in docs/rfc.md, cited nowhere in the code");
    }

    @Test
    void everyAdvertisedCapabilityHasAYes() {
        ADVERTISED.forEach((word, rfc) -> assertTrue(hasYes(word, rfc), word + " is advertised: RFC " + rfc));
    }

    /** The RFC is kept, or of an RFC that defines several words this one is. */
    private boolean hasYes(String word, int rfc) {
        return "yes".equals(rows.get(rfc)) || "partial".equals(rows.get(rfc)) && notes.get(rfc).contains(word + ": yes");
    }
}
