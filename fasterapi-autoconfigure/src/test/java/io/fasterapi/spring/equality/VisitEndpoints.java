package io.fasterapi.spring.equality;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;

/** A model attribute that outlives its request in the session. */
@RestController
@RequestMapping("/visit")
@SessionAttributes("visitor")
class VisitEndpoints {

    @GetMapping("/begin")
    String begin(Model model) {
        model.addAttribute("visitor", "known");
        return "welcome";
    }

    @GetMapping("/visitor")
    String visitor(@ModelAttribute("visitor") String visitor) {
        return "visitor " + visitor;
    }

    @GetMapping("/end")
    String end(SessionStatus status) {
        status.setComplete();
        return "bye";
    }
}
