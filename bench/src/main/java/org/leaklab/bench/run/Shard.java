package org.leaklab.bench.run;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One of several equal parts of a list, for users with several machines. All {@code count} of them together are the
 * list, and no two have a row in common.
 *
 * @param index which one, from 1 on
 * @param count of how many
 */
public record Shard(int index, int count) {

    /** All there is. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    public Shard {
        if (index < 1 || index > count) {
            throw wrong(index + "/" + count);
        }
    }

    /** Reads {@code 2/3}. */
    public static Shard parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw wrong(text);
        }
        return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("a shard is i/n with i from 1 to n, 2/3 for example, not \"" + text + "\"");
    }

    /** Every {@code count}-th element, so that neighbours, which tend to take equally long, go to different shards. */
    public <T> List<T> of(List<T> all) {
        return IntStream.range(0, all.size())
                .filter(i -> i % count == index - 1)
                .mapToObj(all::get)
                .toList();
    }

    /** What is added to the name of a file that holds this shard only. */
    String suffix() {
        return count == 1 ? "" : ".shard-" + index + "-of-" + count;
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
