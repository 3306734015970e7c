package dev.cofferdam.review.run;

import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.register.Layer;
import java.util.List;

/** Where attacks are played: sets the system up with layers out, and puts them back. */
public interface Stage {
  /** A target with exactly these layers out. */
  Target with(List<Layer> out, Mode mode);

  /** Ends the use of a target and puts everything back. */
  void release(Target target);
}
