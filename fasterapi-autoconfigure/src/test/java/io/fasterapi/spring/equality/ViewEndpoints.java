package io.fasterapi.spring.equality;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** A controller that is no {@code @RestController}. */
@Controller
class ViewEndpoints {

    @GetMapping("/view-redirect")
    String redirect() {
        return "redirect:/plain";
    }

    @GetMapping("/view-missing")
    String missing() {
        return "no-such-view";
    }

    @GetMapping("/view-body")
    @ResponseBody
    String body() {
        return "body";
    }
}
