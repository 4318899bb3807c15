package io.fasterapi.autoconfigure;

import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;

/** The names of all properties, read from the records that they are bound to. */
final class PropertyNames {

    static final String PREFIX = "fasterapi";

    /** Stands for the key of a map. */
    private static final String KEY = "*";

    private PropertyNames() {}

    /**
     * Returns every known name; where the name of a pool belongs into it, that of the given one.
     *
     * @param unknown a name that is none of them
     */
    static List<String> likelyFor(String unknown) {
        String[] parts = unknown.split("\\.");
        String key = parts.length > 2 ? parts[2] : "name";
        return all().stream().map(each -> each.replace(KEY, key)).toList();
    }

    /** Returns every name, with a star for the key of a map. */
    static List<String> all() {
        List<String> names = new ArrayList<>();
        add(PREFIX, FasterApiProperties.class, names);
        return names;
    }

    private static void add(String prefix, Class<?> type, List<String> names) {
        RecordComponent[] components = type.getRecordComponents();
        Parameter[] parameters = type.getDeclaredConstructors()[0].getParameters();
        for (int i = 0; i < components.length; i++) {
            Name said = parameters[i].getAnnotation(Name.class);
            String name =
                    said == null
                            ? DataObjectPropertyName.toDashedForm(components[i].getName())
                            : said.value();
            add(prefix + "." + name, components[i], names);
        }
    }

    private static void add(String name, RecordComponent component, List<String> names) {
        if (component.getType() == Map.class) {
            Type value =
                    ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[1];
            if (value instanceof Class<?> record && record.isRecord()) {
                add(name + "." + KEY, record, names);
                return;
            }
        }
        if (component.getType().isRecord()) {
            add(name, component.getType(), names);
        } else {
            names.add(name);
        }
    }
}
