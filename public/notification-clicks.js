// The service worker of desktop notifications: when one is clicked the tab that showed it may be gone for long.

self.addEventListener('install', () => self.skipWaiting())

// A tab of its own: what somebody types in another one stays.
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(event.notification.data.href))
})
