package io.fasterapi.samples.quickstart;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words of which identifiers, property names and meter names are made. */
final class Words {

    /** Between a small and a capital letter, before the last of several capitals, at any sign. */
    private static final Pattern BOUNDARY =
            Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|[^\\p{L}]+");

    private Words() {}

    /** Returns the words of {@code name} in small letters; single letters are none. */
    static Stream<String> of(String name) {
        return BOUNDARY.splitAsStream(name)
                .filter(word -> word.length() > 1)
                .map(word -> word.toLowerCase(Locale.ROOT));
    }

    /**
     * Returns {@code word} and the words that it may come from: {@code requests} from {@code
     * request}, {@code pinned} from {@code pin}, {@code placed} from {@code placement}, {@code
     * served} from {@code serve}, {@code unwritten} from {@code written}.
     */
    static Set<String> stems(String word) {
        Set<String> stems = new LinkedHashSet<>(List.of(word));
        if (word.equals("kept")) {
            stems.add("keep");
        }
        if (word.startsWith("un")) {
            stems.add(word.substring(2));
        }
        if (word.endsWith("ies")) {
            stems.add(without(word, 3) + 'y');
        }
        for (String ending : List.of("s", "es", "ed", "ing", "er")) {
            if (word.endsWith(ending) && word.length() > ending.length() + 2) {
                String stem = without(word, ending.length());
                stems.add(stem);
                stems.add(stem + 'e');
                stems.add(stem + "ement");
                if (stem.charAt(stem.length() - 1) == stem.charAt(stem.length() - 2)) {
                    stems.add(without(stem, 1));
                }
            }
        }
        return stems;
    }

    private static String without(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }
}
