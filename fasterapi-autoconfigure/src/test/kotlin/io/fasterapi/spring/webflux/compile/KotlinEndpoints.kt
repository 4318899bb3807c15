package io.fasterapi.spring.webflux.compile

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import org.springframework.http.HttpStatus
import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.DeleteMapping
import org.springframework.web.bind.annotation.ExceptionHandler
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RequestMapping
import org.springframework.web.bind.annotation.RequestParam
import org.springframework.web.bind.annotation.ResponseStatus
import org.springframework.web.bind.annotation.RestController
import org.springframework.web.server.ServerWebExchange
import reactor.core.publisher.Mono

/** What Kotlin adds to signatures: suspension, flows, parameters with defaults, nullable ones. */
@RestController
@RequestMapping("/kotlin")
class KotlinEndpoints {

    data class Item(val name: String, val price: Int = 1)

    @JvmInline
    value class Id(val value: String)

    class Trouble : RuntimeException("trouble on purpose")

    @GetMapping("/plain")
    fun plain(): Item = Item("plain")

    @GetMapping("/mono")
    fun mono(): Mono<Item> = Mono.just(Item("mono", 2))

    @GetMapping("/default")
    fun withDefault(@RequestParam name: String = "nobody", @RequestParam size: Int = 3): String =
        "$name $size"

    @GetMapping("/nullable")
    fun nullable(@RequestParam name: String?): String = "name $name"

    @GetMapping("/unit")
    fun unit() {}

    @GetMapping("/suspending")
    suspend fun suspending(): Item {
        delay(1)
        return Item("suspending")
    }

    @GetMapping("/suspending/{id}")
    suspend fun suspending(@PathVariable id: String, exchange: ServerWebExchange): String =
        "$id ${exchange.request.method}"

    @GetMapping("/suspending-entity")
    suspend fun entity(): ResponseEntity<Item> =
        ResponseEntity.status(HttpStatus.ACCEPTED).header("X-Kotlin", "yes").body(Item("entity"))

    @PostMapping("/suspending")
    suspend fun echo(@RequestBody body: Map<String, Any>): Map<String, Any> {
        delay(1)
        return body
    }

    @DeleteMapping("/suspending")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    suspend fun delete() {
        delay(1)
    }

    @GetMapping("/flow")
    fun flowing(): Flow<Item> = flow {
        emit(Item("a"))
        delay(1)
        emit(Item("b"))
    }

    @GetMapping("/suspending-flow")
    suspend fun suspendingFlow(): Flow<Item> {
        delay(1)
        return flowing()
    }

    @GetMapping("/value/{id}")
    fun value(@PathVariable id: Id): String = id.value

    @GetMapping("/failing")
    suspend fun failing(): String {
        delay(1)
        throw Trouble()
    }

    @ExceptionHandler
    suspend fun handle(trouble: Trouble): ResponseEntity<String> {
        delay(1)
        return ResponseEntity.status(HttpStatus.CONFLICT).body(trouble.message)
    }
}
