package io.fasterapi.spring.webflux.batch;

import static org.springframework.asm.Opcodes.ACC_FINAL;
import static org.springframework.asm.Opcodes.ACC_PUBLIC;
import static org.springframework.asm.Opcodes.ALOAD;
import static org.springframework.asm.Opcodes.ARETURN;
import static org.springframework.asm.Opcodes.CHECKCAST;
import static org.springframework.asm.Opcodes.INVOKESPECIAL;
import static org.springframework.asm.Opcodes.INVOKEVIRTUAL;
import static org.springframework.asm.Opcodes.RETURN;
import static org.springframework.asm.Opcodes.SIPUSH;
import static org.springframework.asm.Opcodes.V17;

import io.fasterapi.batch.BatchHandler;
import io.fasterapi.placement.Placed;
import io.fasterapi.placement.Placement;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.AnnotationVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Type;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestBody;
import reactor.core.publisher.Mono;

/**
 * Generates the class of single-item methods for a controller: in the controller's package, with
 * its annotations and those of its batch handlers. At start-up only.
 */
final class BridgeClass {

    /*
     * For the handler
     *   @PostMapping("/orders") @BatchHandler
     *   Mono<List<Receipt>> insert(@RequestBody @Valid List<Order> orders)
     * the class has the method
     *   @PostMapping("/orders")
     *   public Mono<Receipt> insert(@RequestBody @Valid Order orders) { return submit(0, orders); }
     * The class of a controller is generated once, however many contexts use it.
     */
    private static final String SUPER = Type.getInternalName(BatchBridge.class);

    private static final String MONO = Type.getInternalName(Mono.class);

    private static final ClassValue<Class<?>> CLASSES =
            new ClassValue<>() {
                @Override
                protected Class<?> computeValue(Class<?> controller) {
                    return new BridgeClass(controller).define();
                }
            };

    private final Class<?> controller;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    private BridgeClass(Class<?> controller) {
        this.controller = controller;
    }

    /** Returns the class for a controller. */
    static Class<?> of(Class<?> controller) {
        return CLASSES.get(controller);
    }

    /**
     * Returns the batch handlers that a class declares or inherits, in the order of their numbers.
     */
    static List<Method> handlers(Class<?> controller) {
        return MethodIntrospector.selectMethods(controller, (Method method) -> isHandler(method))
                .stream()
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
    }

    private static boolean isHandler(Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, BatchHandler.class);
    }

    /** Returns the single-item method for a batch handler. */
    static Method method(Class<?> bridge, BatchSignature signature) {
        try {
            return bridge.getMethod(
                    signature.method().getName(), BatchSignature.rawOf(signature.item()));
        } catch (NoSuchMethodException ex) {
            throw new IllegalStateException(bridge + ": does not have " + signature.method(), ex);
        }
    }

    private Class<?> define() {
        String name = Type.getInternalName(controller) + "_Batched";
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL, name, null, SUPER, null);
        for (Annotation each : controller.getAnnotations()) {
            if (isCopied(each)) {
                AnnotationCopy.copy(each, type -> writer.visitAnnotation(type, true));
            }
        }
        constructor();
        List<Method> handlers = handlers(controller);
        for (int number = 0; number < handlers.size(); number++) {
            method(number, BatchSignature.of(handlers.get(number)));
        }
        writer.visitEnd();
        try {
            return MethodHandles.privateLookupIn(controller, MethodHandles.lookup())
                    .defineClass(writer.toByteArray());
        } catch (IllegalAccessException | LinkageError ex) {
            throw BatchSignature.refused(
                    handlers.get(0), "no class can be added to its package: " + ex);
        }
    }

    /** Kotlin's metadata describe their own class only. Batches have a placement of their own. */
    private static boolean isCopied(Annotation annotation) {
        Class<?> type = annotation.annotationType();
        return type != BatchHandler.class
                && type != Placed.class
                && !type.getName().equals("kotlin.Metadata");
    }

    private void constructor() {
        MethodVisitor to =
                writer.visitMethod(ACC_PUBLIC, "<init>", "(Ljava/lang/Object;)V", null, null);
        to.visitCode();
        to.visitVarInsn(ALOAD, 0);
        to.visitVarInsn(ALOAD, 1);
        to.visitMethodInsn(INVOKESPECIAL, SUPER, "<init>", "(Ljava/lang/Object;)V", false);
        to.visitInsn(RETURN);
        to.visitMaxs(0, 0);
        to.visitEnd();
    }

    private void method(int number, BatchSignature signature) {
        Class<?> item = BatchSignature.rawOf(signature.item());
        String result = "L" + MONO + "<" + TypeSignatures.of(signature.result()) + ">;";
        MethodVisitor to =
                writer.visitMethod(
                        ACC_PUBLIC,
                        signature.method().getName(),
                        "(" + item.descriptorString() + ")L" + MONO + ";",
                        "(" + TypeSignatures.of(signature.item()) + ")" + result,
                        null);
        to.visitParameter(signature.method().getParameters()[0].getName(), 0);
        for (Annotation each : signature.method().getAnnotations()) {
            if (isCopied(each)) {
                AnnotationCopy.copy(each, type -> to.visitAnnotation(type, true));
            }
        }
        placed(signature.method(), to);
        parameter(signature, to);
        to.visitCode();
        to.visitVarInsn(ALOAD, 0);
        to.visitIntInsn(SIPUSH, number);
        to.visitVarInsn(ALOAD, 1);
        to.visitMethodInsn(
                INVOKEVIRTUAL, SUPER, "submit", "(ILjava/lang/Object;)L" + MONO + ";", false);
        to.visitTypeInsn(CHECKCAST, MONO);
        to.visitInsn(ARETURN);
        to.visitMaxs(0, 0);
        to.visitEnd();
    }

    /**
     * A handler that blocks does so in its batch. The method that submits the item may stay on its
     * core.
     */
    private void placed(Method handler, MethodVisitor to) {
        Placement said = declared(handler, controller);
        if (said == null) {
            return;
        }
        AnnotationVisitor value = to.visitAnnotation(Placed.class.descriptorString(), true);
        Placement own = said == Placement.VIRTUAL ? Placement.CORE : said;
        value.visitEnum("value", Placement.class.descriptorString(), own.name());
        value.visitEnd();
    }

    /** Returns the placement that a handler or its class asks for, or null. */
    static @Nullable Placement declared(Method handler, Class<?> controller) {
        Placed placed = AnnotatedElementUtils.findMergedAnnotation(handler, Placed.class);
        if (placed == null) {
            placed = AnnotatedElementUtils.findMergedAnnotation(controller, Placed.class);
        }
        return placed == null ? null : placed.value();
    }

    private static void parameter(BatchSignature signature, MethodVisitor to) {
        boolean bound = false;
        for (Annotation each : signature.annotations()) {
            AnnotationCopy.copy(each, type -> to.visitParameterAnnotation(0, type, true));
            bound |=
                    each.annotationType()
                            .getPackageName()
                            .equals(RequestBody.class.getPackageName());
        }
        if (!bound) {
            to.visitParameterAnnotation(0, RequestBody.class.descriptorString(), true).visitEnd();
        }
    }
}
