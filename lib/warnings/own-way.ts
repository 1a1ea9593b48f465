/** A way by which Spoor itself reaches people: letters by the instance's mail server, the bell of the console. */
export type OwnWay = 'mail' | 'bell'
