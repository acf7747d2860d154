fetch('1');
