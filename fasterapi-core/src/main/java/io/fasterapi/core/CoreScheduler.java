package io.fasterapi.core;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A Reactor scheduler that runs its tasks on one core, in the order in which they were scheduled.
 * Thread-safe. Reactor's parallel scheduler measures delays and then passes the task on.
 */
final class CoreScheduler implements Scheduler {

    private final HandlerCore core;

    CoreScheduler(HandlerCore core) {
        this.core = core;
    }

    @Override
    public Disposable schedule(Runnable task) {
        Task scheduled = new Task(Schedulers.onSchedule(task));
        core.execute(scheduled);
        return scheduled;
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        if (delay <= 0) {
            return schedule(task);
        }
        Task scheduled = new Task(Schedulers.onSchedule(task));
        Disposable timer =
                Schedulers.parallel().schedule(() -> core.execute(scheduled), delay, unit);
        return Disposables.composite(timer, scheduled);
    }

    @Override
    public Disposable schedulePeriodically(
            Runnable task, long initialDelay, long period, TimeUnit unit) {
        Runnable decorated = Schedulers.onSchedule(task);
        AtomicBoolean stopped = new AtomicBoolean();
        Disposable timer =
                Schedulers.parallel()
                        .schedulePeriodically(
                                () -> core.execute(() -> runUnless(stopped, decorated)),
                                initialDelay,
                                period,
                                unit);
        return Disposables.composite(timer, () -> stopped.set(true));
    }

    private static void runUnless(AtomicBoolean stopped, Runnable task) {
        if (!stopped.get()) {
            task.run();
        }
    }

    @Override
    public Worker createWorker() {
        return new CoreWorker(this);
    }

    @Override
    public String toString() {
        return core.name();
    }

    /** A task that can be cancelled until it begins. */
    private static final class Task extends AtomicBoolean implements Runnable, Disposable {

        private static final long serialVersionUID = 1L;

        private final transient Runnable task;

        Task(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (compareAndSet(false, true)) {
                task.run();
            }
        }

        @Override
        public void dispose() {
            set(true);
        }

        @Override
        public boolean isDisposed() {
            return get();
        }
    }

    /** A worker that cancels all its tasks together. */
    private static final class CoreWorker implements Worker {

        private final CoreScheduler scheduler;
        private final AtomicBoolean disposed = new AtomicBoolean();
        private final Disposable.Composite timers = Disposables.composite();

        CoreWorker(CoreScheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public Disposable schedule(Runnable task) {
            return disposed.get() ? refuse() : scheduler.schedule(() -> runUnless(disposed, task));
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            if (disposed.get()) {
                return refuse();
            }
            if (delay <= 0) {
                return schedule(task);
            }
            Disposable.Composite timer = Disposables.composite();
            timer.add(() -> timers.remove(timer));
            timers.add(timer);
            timer.add(scheduler.schedule(() -> runTimed(timer, task), delay, unit));
            return timer;
        }

        private void runTimed(Disposable timer, Runnable task) {
            timers.remove(timer);
            runUnless(disposed, task);
        }

        @Override
        public Disposable schedulePeriodically(
                Runnable task, long initialDelay, long period, TimeUnit unit) {
            Disposable timer =
                    disposed.get()
                            ? refuse()
                            : scheduler.schedulePeriodically(
                                    () -> runUnless(disposed, task), initialDelay, period, unit);
            timers.add(timer);
            return timer;
        }

        private static Disposable refuse() {
            throw reactor.core.Exceptions.failWithRejected();
        }

        @Override
        public void dispose() {
            disposed.set(true);
            timers.dispose();
        }

        @Override
        public boolean isDisposed() {
            return disposed.get();
        }
    }
}
