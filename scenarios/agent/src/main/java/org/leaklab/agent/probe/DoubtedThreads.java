package org.leaklab.agent.probe;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Threads of which nothing can be proven any more, by their identifiers.
 *
 * @param upTo all threads up to this one are meant
 * @param ids and these
 */
record DoubtedThreads(long upTo, Set<Long> ids) {

    private static final String BETWEEN = " ";

    static DoubtedThreads parse(String text) {
        long upTo = 0;
        Set<Long> ids = new TreeSet<>();
        for (String word : text.isEmpty() ? new String[0] : text.split(BETWEEN)) {
            if (word.startsWith("-")) {
                upTo = Long.parseLong(word.substring(1));
            } else {
                ids.add(Long.parseLong(word));
            }
        }
        return new DoubtedThreads(upTo, ids);
    }

    boolean isOf(Find find) {
        return find.id() <= upTo || ids.contains(find.id());
    }

    DoubtedThreads with(List<Find> finds, int most) {
        Set<Long> all = new TreeSet<>(ids);
        finds.forEach(each -> all.add(each.id()));
        return all.size() <= most
                ? new DoubtedThreads(upTo, all)
                : new DoubtedThreads(Math.max(upTo, Collections.max(all)), Set.of());
    }

    @Override
    public String toString() {
        String text = ids.stream().map(String::valueOf).collect(Collectors.joining(BETWEEN));
        return upTo == 0 ? text : ("-" + upTo + BETWEEN + text).strip();
    }
}
