package io.fasterapi.spring.webflux;

import io.fasterapi.cores.CoreTask;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.cores.LoopReturn;
import io.fasterapi.cores.ThreadWorkers;
import io.fasterapi.exchange.InFlight;
import io.fasterapi.placement.Placement;

/**
 * What runs exchanges that leave their event loop.
 *
 * @param cores the handler cores
 * @param threads a thread for each exchange
 * @param inFlight counts the exchanges under way
 */
public record WorkerChoice(HandlerCores cores, ThreadWorkers threads, InFlight inFlight) {

    /** Gives an exchange to a worker; false if there is no room. On the exchange's event loop. */
    <T extends LoopReturn & CoreTask> boolean dispatch(Placement where, T exchange) {
        return where == Placement.VIRTUAL
                ? threads.dispatch(exchange)
                : cores.dispatch(exchange, exchange.eventLoop());
    }
}
